import type { ImportState } from "../../contract/imports.ts";
import { joinSentences } from "../joinSentences.ts";
import type { Texts } from "../texts.ts";

type Undone = Extract<ImportState, { state: "undone" }>;

/** Returns what undoing an import has removed, and how many chats are still here. */
export function undoneText(texts: Texts, { removed, kept, presets }: Undone): string {
  const { say } = texts;
  const sentences = [
    removed > 0 && say("imports:undone", { count: removed }),
    presets > 0 && say("imports:undonePresets", { count: presets }),
    kept > 0 && say("imports:kept", { count: kept }),
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0 ? joinSentences(texts, sentences) : say("imports:undoneNothing");
}
