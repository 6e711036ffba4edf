import { randomUUID } from "node:crypto";
import { type DraftDocument, mostDocuments } from "../../contract/documents.ts";
import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import { type DocumentReader, readDocument } from "./readDocument.ts";
import { shownName } from "./shownName.ts";
import { storeDocument } from "./storeDocument.ts";

export interface DraftDocumentsOptions {
  reader: DocumentReader;
  store: Pick<StoreClient, "request">;
  /** Returns a failure in the form in which it is shown. */
  shownError: (error: unknown) => Problem;
  onEvent: EventListener;
}

/** A document that is being read, or could not be. */
interface Unread {
  id: string;
  chatId: string | null;
  name: string;
  problem: Problem | null;
  stopping: AbortController;
}

/** The documents of drafts: those that are stored, those that are being read, and those that could not be read. */
export class DraftDocuments {
  readonly #options: DraftDocumentsOptions;
  readonly #unread = new Map<string, Unread>();
  /** One is read at a time, because reading may take much memory. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: DraftDocumentsOptions) {
    this.#options = options;
  }

  /** Begins to read files. Rejects with `documents-too-many`; none of them is read then. */
  async attach(chatId: string | null, paths: readonly string[]): Promise<void> {
    const there = await this.list(chatId);
    if (there.filter(({ state }) => state !== "refused").length + paths.length > mostDocuments) {
      throw new WorkbenchError("documents-too-many", { most: mostDocuments });
    }
    for (const path of paths) {
      const id = randomUUID();
      const unread: Unread = { id, chatId, name: shownName(path), problem: null, stopping: new AbortController() };
      this.#unread.set(id, unread);
      this.#last = this.#last.then(() => this.#read(unread, path));
    }
    await this.tell(chatId);
  }

  async list(chatId: string | null): Promise<DraftDocument[]> {
    const stored = await this.#options.store.request("draftAttachments", { chatId });
    const ready = stored.map((attachment): DraftDocument => ({ state: "ready", id: attachment.id, attachment }));
    const others = [...this.#unread.values()].filter((unread) => unread.chatId === chatId);
    return [
      ...ready,
      ...others.map(
        ({ id, name, problem }): DraftDocument =>
          problem === null ? { state: "reading", id, name } : { state: "refused", id, name, problem },
      ),
    ];
  }

  /** Does nothing if it is not there. */
  async remove(chatId: string | null, id: string): Promise<void> {
    const unread = this.#unread.get(id);
    if (unread === undefined) {
      await this.#options.store.request("removeAttachment", { attachmentId: id }).catch((error: unknown) => {
        if (toProblem(error).code !== "document-not-found") throw error;
      });
    } else {
      this.#unread.delete(id);
      unread.stopping.abort();
    }
    await this.tell(chatId);
  }

  /** Moves what was attached to the next new chat to the chat that was created for it. */
  async toChat(chatId: string): Promise<DraftDocument[]> {
    for (const unread of this.#unread.values()) if (unread.chatId === null) unread.chatId = chatId;
    await this.#options.store.request("moveDraftAttachments", { chatId });
    await this.tell(null);
    await this.tell(chatId);
    return await this.list(chatId);
  }

  /** Tells everyone which documents the draft has now. */
  async tell(chatId: string | null): Promise<void> {
    this.#options.onEvent("documents.changed", { chatId, documents: await this.list(chatId) });
  }

  /** Stops reading. */
  async close(): Promise<void> {
    for (const { stopping } of this.#unread.values()) stopping.abort();
    this.#unread.clear();
    await this.#last;
  }

  async #read(unread: Unread, path: string): Promise<void> {
    const { store, reader, shownError } = this.#options;
    const { signal } = unread.stopping;
    if (signal.aborted) return;
    try {
      const document = await readDocument(reader, path, { signal });
      // Removed, or the app is closing.
      if (!this.#unread.has(unread.id)) return;
      await storeDocument(store, {
        name: unread.name,
        document,
        target: () => ({ chatId: unread.chatId }),
        signal,
      });
      this.#unread.delete(unread.id);
    } catch (error) {
      if (signal.aborted) return;
      const problem = shownError(error);
      if (problem.code === "chat-not-found") this.#unread.delete(unread.id);
      else unread.problem = problem;
    }
    await this.tell(unread.chatId).catch(() => undefined);
  }
}
