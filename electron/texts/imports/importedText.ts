import type { ImportResult } from "../../contract/imports.ts";
import { joinSentences } from "../joinSentences.ts";
import type { Texts } from "../texts.ts";

/** Returns what was imported, what was already here, and what there was no room for. */
export function importedText(texts: Texts, result: ImportResult): string {
  const { say } = texts;
  const { chats, skipped, folders, foldersLeftOut, presets } = result;
  const sentences = [
    chats > 0 && say("imports:done", { count: chats }),
    skipped > 0 && say("imports:doneSkipped", { count: skipped }),
    folders > 0 && say("imports:doneFolders", { count: folders }),
    presets > 0 && say("imports:donePresets", { count: presets }),
    foldersLeftOut > 0 && say("imports:doneFoldersLeftOut", { count: foldersLeftOut }),
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0 ? joinSentences(texts, sentences) : say("imports:doneNothing");
}
