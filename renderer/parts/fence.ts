const listMarker = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const opening = /^([ \t]*)(`{3,}|~{3,})([^\n]*)$/;
const closing = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/;

/** The line that opens a block of code in Markdown. */
export interface Fence {
  indent: number;
  mark: string;
  /** What follows the mark: the language, and what else was written there. */
  info: string;
}

/** Returns the fence that a line opens, or null. A backtick fence has no backtick after it (CommonMark 4.5). */
export function openingFence(line: string): Fence | null {
  const [, indent = "", mark = "", info = ""] =
    opening.exec(line.replace(listMarker, (item) => " ".repeat(item.length))) ?? [];
  if (mark === "" || (mark.startsWith("`") && info.includes("`"))) return null;
  return { indent: indent.length, mark, info: info.trim() };
}

/** Returns whether a line closes the block that this fence opened. */
export function closesFence(fence: Fence, line: string): boolean {
  const match = closing.exec(line);
  if (!match) return false;
  const [, indent = "", mark = ""] = match;
  return mark.startsWith(fence.mark) && indent.length <= fence.indent + 3;
}
