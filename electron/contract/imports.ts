import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** Where a file comes from. `r1` is a chat file of ours. */
export type ImportSource = "r1" | "chatgpt" | "deepseek" | "claude" | "lmstudio" | "jan" | "openwebui" | "ollama";

/** Why a chat of the file is left out. */
export type SkipReason = "empty" | "damaged" | "tooLarge";

/** What an import would do, for the user to confirm. Nothing has been changed yet. */
export interface ImportPreview {
  id: string;
  source: ImportSource;
  /** Without its folder. */
  fileName: string;
  chats: number;
  messages: number;
  /** Those without chats that are not here yet. The folders of chats are not counted. */
  folders: number;
  /** Those for which there is no room. */
  foldersLeftOut: number;
  /** Prompt presets that are not here yet. */
  presets: number;
  /** Those for which there is no room. */
  presetsLeftOut: number;
  /** Of `chats`, those that are already here. */
  here: number;
  /** The first ones. */
  titles: string[];
  skipped: { reason: SkipReason; count: number }[];
  /** Parts of messages that this app has no place for, such as pictures. */
  leftOut: number;
  /** False if the end of a chat file is missing, or if it was changed since it was written. */
  isComplete: boolean;
}

/** What was imported. */
export interface ImportResult {
  id: string;
  chats: number;
  messages: number;
  /** Chats that were already here and were not imported again. */
  skipped: number;
  /** Folders that were made. */
  folders: number;
  /** Those for which there was no room. Their chats are in no folder. */
  foldersLeftOut: number;
  presets: number;
}

/**
 * The lifecycle of an import:
 *
 *   none ─▶ reading ─▶ ready ─(confirmed)─▶ importing ─▶ done ─(undone)─▶ undoing ─▶ undone
 *
 * Cancelling `reading`, `ready` or `importing` ends in `none`, and so does closing `done`, `undone` or `failed`.
 * `reading`, `importing` and `undoing` may end in `failed`. Until `done`, no chat of the file is in the list.
 */
export type ImportState =
  | { state: "none" }
  | { state: "reading"; fileName: string; doneBytes: number; totalBytes: number }
  | { state: "ready"; preview: ImportPreview }
  | { state: "importing"; done: number; total: number }
  | { state: "done"; result: ImportResult }
  | { state: "undoing"; done: number; total: number }
  /** `kept` were changed since they were imported, and are still here. */
  | { state: "undone"; removed: number; kept: number; presets: number }
  | { state: "failed"; problem: Problem };

const id = z.string().min(1).max(64);

export const importsCalls = {
  "imports.state": call<ImportState>()(z.object({})),
  /** Imports what was previewed. `here`: whether chats that are already here are left out or imported as copies. */
  "imports.confirm": call<null>()(z.object({ previewId: id, here: z.enum(["skip", "copy"]) })),
  /** Ends reading or importing. Nothing of the file stays. */
  "imports.cancel": call<null>()(z.object({})),
  /** Erases the chats of the last import, except those that were changed since. */
  "imports.undo": call<null>()(z.object({ importId: id })),
  /** Forgets how the last import ended. It can no longer be undone. */
  "imports.close": call<null>()(z.object({})),
};
