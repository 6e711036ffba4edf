import type { ExportRequest } from "../../contract/exports.ts";
import type { ExportWords } from "../../contract/exportWords.ts";
import type { Preset } from "../../contract/presets.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";

/** An export as the worker gets it. Exporting as PDF needs a window and is done by main. */
export interface ExportOrder extends ExportRequest {
  home: string;
  /** The key of its chats, if they are encrypted. */
  key: StoreKey | null;
  /** Where the user chose to save. */
  path: string;
  appVersion: string;
  /** The user's own. They are only in a chat file. */
  presets: readonly Preset[];
  words: ExportWords;
  /** Of the new file. Null: as the system makes new files. */
  mode: number | null;
}

export interface WrittenExport {
  chats: number;
  messages: number;
  sizeBytes: number;
}

export interface ExportOperations {
  /** Resolves with null if it was cancelled. Rejects with `disk-full` or `file-not-saved`. */
  write(order: ExportOrder): Promise<WrittenExport | null>;
  cancel(): null;
  close(): null;
}

export interface ExportNews {
  /** In chats. At most ten times a second. */
  progress(params: { done: number; total: number }): void;
}
