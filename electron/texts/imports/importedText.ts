import type { ImportResult } from "../../contract/imports.ts";
import type { Texts } from "../texts.ts";

/** Returns how many chats were imported, and how many were left out because they were already here. */
export function importedText({ say }: Texts, { chats, skipped }: ImportResult): string {
  const imported = say("imports:done", { count: chats });
  return skipped === 0 ? imported : say("imports:doneSkipped", { imported, count: skipped });
}
