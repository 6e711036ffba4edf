import type { ImportState } from "../../contract/imports.ts";
import type { Texts } from "../texts.ts";

type Undone = Extract<ImportState, { state: "undone" }>;

/** Returns what undoing an import has removed, and how many chats are still here. */
export function undoneText({ say }: Pick<Texts, "say">, { removed: count, kept, presets }: Undone): string {
  let removed: string = say("imports:undone", { count });
  if (presets > 0) removed = say("imports:undonePresets", { removed, count: presets });
  return kept > 0 ? say("imports:kept", { removed, count: kept }) : removed;
}
