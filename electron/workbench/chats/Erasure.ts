import type { ChatTable } from "./ChatTable.ts";
import type { DocumentTable } from "./DocumentTable.ts";
import type { MessageTable } from "./MessageTable.ts";
import { SearchWords } from "./SearchWords.ts";
import { StepSize } from "./StepSize.ts";
import type { StoreTables } from "./storeTables.ts";

/** How many bytes of messages are erased in a step. */
const bytes = { first: 20_000, least: 2_000, most: 200_000 };
/** If their words are removed at once, which takes much longer. */
const bytesWithWords = 1_000;
const messagesAtOnce = 100;
const chatsAtOnce = 50;

/**
 * Erases the chats that `ChatTable.doom` marked, some messages at a time, then what is left of their words in the search
 * index, and then the documents that nothing has any more, also those that were removed from a draft. Each step is kept on
 * the disk, and the next start continues. Call `step` inside write transactions.
 */
export class Erasure {
  readonly #chats: ChatTable;
  readonly #messages: MessageTable;
  readonly #words: SearchWords;
  readonly #documents: DocumentTable;
  #doomed: string[] = [];
  #areDocumentsLeft = false;
  #isWeighed = false;
  readonly #bytes = new StepSize(bytes);
  /** Whether the search index was built again since the first damaged message was found. */
  #isIndexedAgain = false;

  constructor({ statements, chats, messages, documents }: StoreTables) {
    this.#chats = chats;
    this.#messages = messages;
    this.#documents = documents;
    this.#words = new SearchWords(statements);
    this.lookAgain();
  }

  /** Whether there is something left to erase. */
  get isDue(): boolean {
    return this.#doomed.length > 0 || this.#words.areLeft || this.#areDocumentsLeft;
  }

  /** Finds out what is marked now, also by other processes. */
  lookAgain(): void {
    this.#doomed = this.#chats.doomed();
    this.#isWeighed = false;
    this.#words.lookAgain();
    this.#areDocumentsLeft = this.#documents.areLeft;
  }

  /** Erases a part of it. If that fails and is rolled back, call `lookAgain`. */
  step(): void {
    if (this.#doomed.length === 0) {
      this.#isIndexedAgain = false;
      if (this.#words.areLeft) this.#words.removeSome();
      else {
        this.#documents.eraseSome();
        this.#areDocumentsLeft = this.#documents.areLeft;
      }
      return;
    }
    if (!this.#isWeighed) this.#words.prepare(this.#doomed);
    this.#isWeighed = true;
    const { part, emptied } = this.#nextPart();
    // The index removes a message by its words: if those were changed on the disk, the old ones would remain.
    if (!this.#isIndexedAgain && this.#messages.holdDamage(part)) {
      this.#messages.indexAgain();
      this.#isIndexedAgain = true;
    }
    this.#messages.erase(part);
    for (const chatId of emptied) this.#chats.erase(chatId);
    this.#areDocumentsLeft = true;
  }

  /** Adapts the size of the next steps to how long one took, with its commit. */
  adapt(tookMs: number): void {
    if (this.#doomed.length === 0) this.#words.adapt(tookMs);
    else if (this.#words.areLeft) this.#bytes.adapt(tookMs);
  }

  /** Returns messages, and the chats that have no others. */
  #nextPart(): { part: bigint[]; emptied: string[] } {
    const part: bigint[] = [];
    const emptied: string[] = [];
    let room = this.#words.areLeft ? this.#bytes.size : bytesWithWords;
    while (emptied.length < chatsAtOnce) {
      const chatId = this.#doomed.at(-1);
      if (chatId === undefined) break;
      const { sequences, isAll, size } = this.#messages.last(chatId, room, messagesAtOnce - part.length);
      // A message that is larger than a step has one of its own.
      if (size > room && part.length > 0) break;
      part.push(...sequences);
      room -= size;
      if (!isAll) break;
      this.#doomed.pop();
      emptied.push(chatId);
    }
    return { part, emptied };
  }
}
