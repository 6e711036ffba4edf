import type { ImportPreview } from "../../contract/imports.ts";
import type { Preset } from "../../contract/presets.ts";

type OfWorkbench = "folders" | "foldersLeftOut" | "presets" | "presetsLeftOut";

/** What the first reading found, without what only the workbench knows. */
export interface FoundChats extends Omit<ImportPreview, "id" | "fileName" | OfWorkbench> {
  folders: { id: string; name: string }[];
  presets: Preset[];
  /** Of all texts together. */
  chars: number;
}

export interface ImportedCount {
  chats: number;
  messages: number;
  /** Chats that were already here. */
  skipped: number;
  presets: Preset[];
}

export interface ImportOperations {
  /**
   * Reads a whole file, without keeping anything but its counts. Resolves with null if it was cancelled. Rejects with
   * `import-not-known`, `import-newer`, `import-too-large`, `import-nothing` or `import-failed`.
   */
  read(params: { path: string }): Promise<FoundChats | null>;
  /** Reads the same file again and stages its chats. Rejects with `import-changed` if it is not the same any more. */
  stage(params: { path: string; here: "skip" | "copy" }): Promise<ImportedCount | null>;
  cancel(): null;
  close(): null;
}

export interface ImportNews {
  /** In bytes of the file while reading, in chats while staging. At most ten times a second. */
  progress(params: { done: number; total: number }): void;
  /** Returns which of these chats are here. */
  shown(params: { chatIds: string[] }): string[];
  /** Stores records, each a line of JSON, hidden. */
  staged(params: { lines: string[] }): null;
}
