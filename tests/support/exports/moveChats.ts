import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { ExportOrder } from "../../../electron/workbench/exports/exportOperations.ts";
import { writeChats } from "../../../electron/workbench/exports/writeChats.ts";
import type { FoundChats, ImportedCount } from "../../../electron/workbench/imports/importOperations.ts";
import { previewImport } from "../../../electron/workbench/imports/previewImport.ts";
import { stageImport } from "../../../electron/workbench/imports/stageImport.ts";

export const words: ExportOrder["words"] = {
  language: "en",
  you: "You",
  thought: "Thought",
  document: "Document",
  page: "page {part}",
  chapter: "chapter {part}",
  untitled: "Untitled",
  instructions: "Instructions",
  contents: "Contents",
  chats: "Chats",
  edited: "edited",
  endedEarly: "This reply ended early.",
  onServer: "{model}, on the server {server} ({host})",
  summary: "Summary by {model}",
  summaryEdited: "Summary by {model}, edited",
  earlierSummary: "Earlier summary by {model}",
  earlierSummaryEdited: "Earlier summary by {model}, edited",
  timeZone: "Europe/Paris",
};

/** Writes chats of a home to a file. */
export async function exportTo(home: string, path: string, order: Partial<ExportOrder> = {}) {
  return await writeChats(
    {
      home,
      key: null,
      path,
      chatIds: null,
      format: "json",
      thoughts: true,
      appVersion: "0.1.0",
      words,
      mode: null,
      presets: [],
      ...order,
    },
    new AbortController().signal,
    () => undefined,
  );
}

/** Reads what is in a file, without a store. */
export async function lookInto(path: string, signal = new AbortController().signal): Promise<FoundChats> {
  return (await previewImport(path, { signal, onProgress: () => undefined, shown: async () => [] })).found;
}

/** Imports a file into a store. */
export async function importFrom(
  path: string,
  store: ChatStore,
  here: "skip" | "copy" = "skip",
  between: () => void = () => undefined,
): Promise<FoundChats & { imported: ImportedCount }> {
  const { signal } = new AbortController();
  const shown = async (chatIds: string[]): Promise<string[]> => store.shownChats({ ids: chatIds });
  const { found, plan } = await previewImport(path, { signal, onProgress: () => undefined, shown });
  between();
  const staged = async (lines: string[]): Promise<unknown> => store.stageChats({ lines });
  const imported = await stageImport(path, plan, { here, signal, onProgress: () => undefined, shown, staged });
  store.showStaged({ chats: null });
  return { ...found, imported };
}

/** Returns everything about chats and messages that is stored, except for the numbers of the rows. */
export function rowsOf(home: string): { chats: unknown[]; messages: unknown[]; found: unknown[] } {
  const database = new DatabaseSync(join(home, "store", "chats.db"), { readOnly: true });
  const rows = (sql: string): unknown[] => database.prepare(sql).all();
  const content = {
    chats: rows("SELECT * FROM chats WHERE hiddenBy IS NULL ORDER BY id").map((row) => ({
      ...(row as object),
      sequence: 0,
    })),
    messages: rows(
      "SELECT * FROM messages WHERE chatId IN (SELECT id FROM chats WHERE hiddenBy IS NULL) ORDER BY chatId, sequence",
    ).map((row) => {
      const { hash, ...values } = row as { hash: Uint8Array };
      return { ...values, sequence: 0, hash: Buffer.from(hash).toString("hex") };
    }),
    found: rows(
      "SELECT id FROM messages JOIN messageSearch ON messageSearch.rowid = sequence WHERE words MATCH 'quokka' ORDER BY id",
    ),
  };
  database.close();
  return content;
}
