import type { PreviewEntry } from "./preview.ts";

/** Returns whether a page wrote the same line of its console twice. */
export function isSameEntry(one: PreviewEntry, other: PreviewEntry): boolean {
  return one.text === other.text && one.level === other.level && one.line === other.line && one.file === other.file;
}
