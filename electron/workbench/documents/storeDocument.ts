import type { ReadDocument } from "../../contract/documents.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import { cutAt } from "../cutAt.ts";

/** How much text is stored at a time, in UTF-16 code units. */
const stepChars = 200_000;

/** Where a document is stored: in a draft, or as what a file of a folder of documents has now. */
export type DocumentTarget =
  | { chatId: string | null }
  | { folder: { folderId: string; place: string; version: string } };

/**
 * Stores a document for the draft or file that `target` returns by then. A long one is stored step by step, so that other
 * requests to the store come between. Only the last step, in which it gets its place, is passed to `inTurn`. Rejects with
 * an AbortError once `signal` is aborted, and nothing is stored then.
 */
export async function storeDocument(
  store: Pick<StoreClient, "request">,
  {
    name,
    document,
    target,
    signal,
    inTurn = (work) => work(),
  }: {
    name: string;
    document: ReadDocument;
    target: () => DocumentTarget;
    signal: AbortSignal;
    inTurn?: (work: () => Promise<unknown>) => Promise<unknown>;
  },
): Promise<void> {
  const place = (work: (to: DocumentTarget) => Promise<unknown>): Promise<unknown> =>
    inTurn(async () => {
      signal.throwIfAborted();
      await work(target());
    });
  signal.throwIfAborted();
  const { parts, ...facts } = document;
  const chars = parts.reduce((sum, part) => sum + part.length, 0);
  if (chars <= stepChars) {
    await place((to) =>
      "folder" in to
        ? store.request("addFolderDocument", { ...to, name, document })
        : store.request("addDocument", { ...to, name, document }),
    );
    return;
  }
  const unstored = { ...facts, parts: parts.length, chars };
  const begun = target();
  const chatId = "folder" in begun ? null : begun.chatId;
  const held = await store.request("beginDocument", { chatId, name, document: unstored });
  const { attachmentId } = held;
  try {
    for (const texts of steps(parts)) {
      signal.throwIfAborted();
      await store.request("addDocumentTexts", { attachmentId, texts });
    }
    await place((to) =>
      "folder" in to
        ? store.request("endFolderDocument", { ...held, ...to })
        : store.request("endDocument", { ...held, ...to }),
    );
  } catch (error) {
    // If that fails too, the next start erases it.
    await store.request("purgeChats", { chatIds: [held.holderId] }).catch(() => undefined);
    throw error;
  }
}

function* steps(parts: readonly string[]): Generator<{ part: number; start: number; text: string }[]> {
  let texts: { part: number; start: number; text: string }[] = [];
  let chars = 0;
  for (const [index, part] of parts.entries()) {
    for (let start = 0; start < part.length; ) {
      const text = cutAt(part, start, Math.max(2, stepChars - chars));
      texts.push({ part: index + 1, start, text });
      start += text.length;
      chars += text.length;
      if (chars < stepChars) continue;
      yield texts;
      [texts, chars] = [[], 0];
    }
  }
  if (texts.length > 0) yield texts;
}
