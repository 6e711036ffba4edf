import { WorkbenchError } from "../contract/errors.ts";
import type { ExportRequest } from "../contract/exports.ts";
import type { ExportWords } from "../contract/exportWords.ts";
import { isTemporary } from "../contract/isTemporary.ts";
import { allChats } from "../workbench/chats/allChats.ts";
import type { WriteOtherwise } from "../workbench/exports/openExports.ts";
import { joinPdfs, type PrintedPdf } from "../workbench/exports/pdf/joinPdfs.ts";
import { writeExport } from "../workbench/exports/writeExport.ts";
import { usualFileMode } from "../workbench/home/privateModes.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { ChatPrints } from "./ChatPrints.ts";

/** Most take less. */
const bytesPerChat = 200_000;

export interface WritePdfOptions {
  workbench: Pick<Workbench, "call">;
  prints: Pick<ChatPrints, "pdfs">;
  words: ExportWords;
  request: ExportRequest;
  path: string;
}

/**
 * Returns what writes chats to one PDF, each as the window prints it. One that is deleted meanwhile is left out; the
 * writing rejects with `chat-not-found` if nothing is left. A single chat has a bookmark for each heading.
 */
export function writePdf({ workbench, prints, words, request, path }: WritePdfOptions): WriteOtherwise {
  return async (signal, onProgress) => {
    const chatIds = request.chatIds ?? (await keptChats(workbench));
    let chats = 0;
    const printing = prints.pdfs();
    signal.addEventListener("abort", printing.close, { once: true });
    const isOnlyOne = chatIds.length === 1;
    const pdfOf = async (chatId: string, isAgain = false): Promise<Uint8Array | null> => {
      try {
        signal.throwIfAborted();
        return await printing.pdf(chatId, { thoughts: request.thoughts, outline: isOnlyOne });
      } catch (error) {
        signal.throwIfAborted();
        if ((await titleOf(workbench, chatId)) === null) return null;
        if (isAgain) throw error;
        // The window may have closed for the chat before it, which was deleted.
        return await pdfOf(chatId, true);
      }
    };
    const printed = async function* (): AsyncGenerator<PrintedPdf> {
      for (const [done, chatId] of chatIds.entries()) {
        signal.throwIfAborted();
        onProgress(done, chatIds.length);
        const title = await titleOf(workbench, chatId);
        if (title === null) continue;
        const pdf = await pdfOf(chatId);
        if (pdf === null) continue;
        chats++;
        yield { title: title.trim() || words.untitled, pdf };
      }
      if (chats === 0) throw new WorkbenchError("chat-not-found");
    };
    const one = async function* (): AsyncGenerator<Uint8Array> {
      for await (const { pdf } of printed()) yield pdf;
    };
    try {
      const content = isOnlyOne ? one() : joinPdfs(printed(), { title: words.chats });
      const expectedBytes = chatIds.length * bytesPerChat;
      const sizeBytes = await writeExport(path, content, signal, { expectedBytes, mode: usualFileMode() });
      return { chats, messages: 0, sizeBytes };
    } finally {
      printing.close();
    }
  };
}

/** Returns null for a chat that was deleted. */
async function titleOf(workbench: Pick<Workbench, "call">, chatId: string): Promise<string | null> {
  try {
    return (await workbench.call("chats.open", { chatId })).chat.title;
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === "chat-not-found") return null;
    throw error;
  }
}

/** Returns the ids of all chats except temporary ones: nothing of them may get to the disk. */
async function keptChats(workbench: Pick<Workbench, "call">): Promise<string[]> {
  return (await allChats(workbench)).map(({ id }) => id).filter((id) => !isTemporary(id));
}
