import type { ImportResult } from "../../contract/imports.ts";
import type { Texts } from "../texts.ts";

/** Returns what was imported, and how many chats were left out because they were already here. */
export function importedText({ say }: Texts, { chats, skipped, folders, presets }: ImportResult): string {
  let imported: string = say("imports:done", { count: chats });
  if (skipped > 0) imported = say("imports:doneSkipped", { imported, count: skipped });
  if (folders > 0) imported = say("imports:doneFolders", { imported, count: folders });
  return presets > 0 ? say("imports:donePresets", { imported, count: presets }) : imported;
}
