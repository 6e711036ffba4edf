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

/** An event holds at most as many chats as a page of the list. */
const mostChats = 100;

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

  /** Emits how chats are now listed. Resolves once it is emitted. Never rejects. */
  async changed(...chatIds: string[]): Promise<void> {
    // It is quicker to read the list again.
    if (chatIds.length > mostChats) return this.missed();
    const chats: ChatSummary[] = [];
    const removed: string[] = [];
    try {
      for (const chatId of chatIds) {
        const chat = await this.#options.store.request("listedChat", { chatId }).catch((error: unknown) => {
          if (toProblem(error).code !== "chat-not-found") throw error;
          return null;
        });
        if (chat === null) removed.push(chatId);
        else chats.push(this.summary(chat));
      }
      this.#emit(chats, removed);
    } catch {
      this.missed();
    }
  }

  removed(chatIds: string[]): void {
    this.#emit([], chatIds);
  }

  /** Call when another process wrote to the store. What changed is not known, so a number is skipped. */
  missed(): void {
    this.#sequence++;
    this.#emit([], []);
  }

  summary({ id, title, createdAt, updatedAt, pinned, folderId, archived, result }: StoredSummary): ChatSummary {
    const runId = this.#options.runIn(id);
    const summary = { id, title, createdAt, updatedAt, pinned, folderId, archived, runId };
    return result === undefined ? summary : { ...summary, result };
  }

  #emit(chats: ChatSummary[], removed: string[]): void {
    this.#options.onNews({ sequence: ++this.#sequence, chats, removed });
  }
}
