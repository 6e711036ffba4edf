import type { ChatSummary } from "../../contract/chats.ts";
import { toProblem } from "../../contract/errors.ts";
import type { ChatNews } from "../../contract/events.ts";
import type { StoredSummary } from "./ChatTable.ts";
import type { StoreClient } from "./StoreClient.ts";

export interface ChatChangesOptions {
  store: Pick<StoreClient, "request">;
  /** Returns the id of the run that is writing in a chat, or null. */
  runIn: (chatId: string) => string | null;
  onNews: (news: ChatNews) => void;
}

/** Emits numbered changes to the list of chats, so that a subscriber that missed one can detect it. */
export class ChatChanges {
  readonly #options: ChatChangesOptions;
  #sequence = 0;

  constructor(options: ChatChangesOptions) {
    this.#options = options;
  }

  /** The number of the newest event. Data that is requested from the store afterwards includes all events up to it. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Emits how a chat is now listed. Resolves once it is emitted. Never rejects. */
  async changed(chatId: string): Promise<void> {
    try {
      this.#tell([this.summary(await this.#options.store.request("readChat", { chatId }))], []);
    } catch (error) {
      if (toProblem(error).code === "chat-not-found") this.#tell([], [chatId]);
      else this.missed();
    }
  }

  removed(chatId: string): void {
    this.#tell([], [chatId]);
  }

  /** Call when another process wrote to the store. What changed is not known, so a number is skipped. */
  missed(): void {
    this.#sequence++;
    this.#tell([], []);
  }

  summary({ id, title, createdAt, updatedAt }: StoredSummary): ChatSummary {
    return { id, title, createdAt, updatedAt, runId: this.#options.runIn(id) };
  }

  #tell(chats: ChatSummary[], removed: string[]): void {
    this.#options.onNews({ sequence: ++this.#sequence, chats, removed });
  }
}
