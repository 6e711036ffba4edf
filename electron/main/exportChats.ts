import { type BrowserWindow, dialog } from "electron";
import { WorkbenchError } from "../contract/errors.ts";
import type { ExportFormat, ExportRequest } from "../contract/exports.ts";
import { exportWords } from "../texts/exportWords.ts";
import type { Texts } from "../texts/texts.ts";
import { fileNameOf } from "../workbench/exports/fileNameOf.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { ChatPrints } from "./ChatPrints.ts";
import { writePdf } from "./writePdf.ts";

export interface ExportChatsOptions {
  window: BrowserWindow;
  texts: Texts;
  prints: ChatPrints;
  workbench: Promise<Pick<Workbench, "call" | "exportChats">>;
}

const extensions: Record<ExportFormat, { one: string; several: string }> = {
  json: { one: "jsonl", several: "jsonl" },
  markdown: { one: "md", several: "zip" },
  html: { one: "html", several: "html" },
  pdf: { one: "pdf", several: "pdf" },
};

/**
 * Asks the user where to save, and begins to export chats there. Resolves with false if the user cancelled. Rejects with
 * `chat-not-found`, or with `export-running` before it asks.
 */
export async function exportChats(options: ExportChatsOptions, request: ExportRequest): Promise<boolean> {
  const { window, texts, prints } = options;
  const workbench = await options.workbench;
  const { state } = await workbench.call("exports.state", {});
  if (state === "writing") throw new WorkbenchError("export-running");
  const words = exportWords(texts);
  const [only, ...others] = request.chatIds ?? [];
  const isOne = only !== undefined && others.length === 0;
  const title = isOne ? (await workbench.call("chats.open", { chatId: only })).chat.title : words.chats;
  const extension = extensions[request.format][isOne ? "one" : "several"];
  const name = `${fileNameOf(title, words.untitled)}.${extension}`;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: texts.say("exports:saveTitle"),
    defaultPath: name,
    filters: [{ name: texts.say(`exports:formats.${request.format}`), extensions: [extension] }],
  });
  if (canceled || filePath === "") return false;
  const pdfs = request.format === "pdf" ? writePdf({ workbench, prints, words, request, path: filePath }) : undefined;
  void workbench.exportChats(request, filePath, words, pdfs);
  return true;
}
