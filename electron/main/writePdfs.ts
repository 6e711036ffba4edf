import type { ExportRequest } from "../contract/exports.ts";
import { isTemporary } from "../contract/isTemporary.ts";
import { allChats } from "../workbench/chats/allChats.ts";
import type { WriteOtherwise } from "../workbench/exports/openExports.ts";
import { fileNameOf, uniqueNames } from "../workbench/exports/fileNameOf.ts";
import type { ExportWords } from "../contract/exportWords.ts";
import { writeExport } from "../workbench/exports/writeExport.ts";
import { zipOf } from "../workbench/exports/zipOf.ts";
import { usualFileMode } from "../workbench/home/privateModes.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { ChatPrints } from "./ChatPrints.ts";

/** A page with text takes far less. */
const bytesPerChat = 1_000_000;

export interface WritePdfsOptions {
  workbench: Pick<Workbench, "call">;
  prints: ChatPrints;
  words: ExportWords;
  request: ExportRequest;
  path: string;
  /** Whether the file is the PDF itself, and not a .zip file of several. */
  isOne: boolean;
}

/** Returns what writes chats as PDFs, each as the window prints it. */
export function writePdfs(options: WritePdfsOptions): WriteOtherwise {
  const { workbench, prints, words, request, path, isOne } = options;
  return async (signal, onProgress) => {
    const chatIds = request.chatIds ?? (await keptChats(workbench));
    const mode = usualFileMode();
    let done = 0;
    const pdfOf = async (chatId: string): Promise<Uint8Array> => {
      signal.throwIfAborted();
      const pdf = await prints.pdf(chatId, request.thoughts);
      onProgress(++done, chatIds.length);
      return pdf;
    };
    onProgress(0, chatIds.length);
    const unique = uniqueNames();
    const files = async function* () {
      for (const chatId of chatIds) {
        const { chat } = await workbench.call("chats.open", { chatId });
        const name = `${unique(fileNameOf(chat.title, words.untitled))}.pdf`;
        yield { name, at: chat.updatedAt, content: async () => [await pdfOf(chatId)] };
      }
    };
    const only = async function* () {
      for (const chatId of chatIds) yield await pdfOf(chatId);
    };
    const content = isOne ? only() : zipOf(files());
    const expectedBytes = chatIds.length * bytesPerChat;
    const sizeBytes = await writeExport(path, content, signal, { expectedBytes, mode });
    return { chats: chatIds.length, messages: 0, sizeBytes };
  };
}

/** Returns the ids of all chats except temporary ones: nothing of them may get to the disk. */
async function keptChats(workbench: Pick<Workbench, "call">): Promise<string[]> {
  return (await allChats(workbench)).map(({ id }) => id).filter((id) => !isTemporary(id));
}
