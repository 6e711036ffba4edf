import type { ChatSummary } from "../../contract/chats.ts";
import { toProblem } from "../../contract/errors.ts";
import type { ChatNews } from "../../contract/events.ts";
import type { StoredSummary } from "./ChatTable.ts";
import type { StoreClient } from "./StoreClient.ts";

export interface ChatChangesOptions {
  store: Pick<StoreClient, "request">;
  /** The run that writes in a chat now. */
  runIn: (chatId: string) => string | null;
  onNews: (news: ChatNews) => void;
}

/** Tells what changed in the list of chats, numbered, so that whoever missed something knows. */
export class ChatChanges {
  readonly #options: ChatChangesOptions;
  #sequence = 0;

  constructor(options: ChatChangesOptions) {
    this.#options = options;
  }

  /** The number of the newest news. Whoever asks the store afterwards gets all that was told up to it. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Tells how a chat is listed now. Resolves once it is told; never rejects. */
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

  /** Another process wrote to the store. What it changed is not known, so a number is left out. */
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
