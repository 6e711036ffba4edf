import { WorkbenchError } from "../../contract/errors.ts";
import { chatFileLines } from "./chatFileLines.ts";
import type { ExportedChats } from "./ExportedChats.ts";
import type { ExportOrder, WrittenExport } from "./exportOperations.ts";
import { htmlOfChats } from "./htmlOfChats.ts";
import { markdownOfChat } from "./markdownOfChat.ts";
import { StoredChats } from "./StoredChats.ts";
import { writeExport } from "./writeExport.ts";
import { zipOfMarkdown } from "./zipOfMarkdown.ts";

const reserveBytes = 50_000_000;

/**
 * Writes the chats of an order to the file that the user chose. Calls `onProgress` before each chat. Rejects with
 * `chat-not-found`, `disk-full`, `file-not-saved`, or the signal's reason.
 */
export async function writeChats(
  order: ExportOrder,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<WrittenExport> {
  const stored = StoredChats.in(order.home, order.key);
  try {
    const ids = stored.ids(order.chatIds);
    if (ids.length === 0 && order.chatIds !== null) throw new WorkbenchError("chat-not-found");
    const count = { chats: 0, messages: 0 };
    const exported: ExportedChats = {
      folders: () => (order.chatIds === null ? stored.emptyFolders() : []),
      *chats() {
        for (const id of ids) {
          signal.throwIfAborted();
          onProgress(count.chats, ids.length);
          count.chats++;
          yield stored.chat(id);
        }
      },
      documents: (chat) => stored.documents(chat.id),
      documentsOf: (message) => stored.documentsOf(message),
      summaryRead: (chat) => stored.summaryRead(chat),
      *messages(chat, branches) {
        for (const message of stored.messages(chat, branches)) {
          count.messages++;
          yield message;
        }
      },
    };
    const content = contentOf(order, exported, () => ids.map((id) => stored.chat(id).title), ids.length);
    const expectedBytes = reserveBytes + (order.chatIds === null ? stored.sizeBytes() / 3 : 0);
    const sizeBytes = await writeExport(order.path, content, signal, { expectedBytes, mode: order.mode });
    return { chats: ids.length, messages: count.messages, sizeBytes };
  } finally {
    stored.close();
  }
}

function contentOf(
  { format, thoughts, words, appVersion, path, presets }: ExportOrder,
  exported: ExportedChats,
  titles: () => string[],
  total: number,
): AsyncIterable<Uint8Array> | Iterable<string> {
  if (format === "json") return chatFileLines(exported, { appVersion, thoughts, total, presets });
  if (format === "html") return htmlOfChats(exported, { words, thoughts, titles: titles() });
  return /\.zip$/i.test(path) ? zipOfMarkdown(exported, { words, thoughts }) : oneText(exported, { words, thoughts });
}

function* oneText(
  { chats, messages, ...of }: ExportedChats,
  options: Pick<ExportOrder, "words" | "thoughts">,
): Generator<string> {
  let isFirst = true;
  for (const chat of chats()) {
    if (!isFirst) yield "\n";
    isFirst = false;
    yield* markdownOfChat(chat, messages(chat, "shown"), { ...options, ...of });
  }
}
