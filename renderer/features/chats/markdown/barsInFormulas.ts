import type { Root, RootContent } from "hast";
import type { MathFinder } from "./findMath.ts";

/*
 * A table is split into cells before their content is parsed, so a bar in a formula would end its cell. During parsing,
 * each bar in a formula of one line is therefore replaced by a character that does not occur in the text.
 */
const standIns = ["\uE000", "\uE001", "\uF8FE", "\uF8FD"];

export interface HiddenBars {
  /** As long as the text, so that all offsets stay valid. */
  hidden: string;
  /** The character that replaces the bars; null if there were none to hide. */
  bar: string | null;
}

export function hideBars(text: string, math: MathFinder): HiddenBars {
  const bar = standIns.find((char) => !text.includes(char));
  if (bar === undefined || !text.includes("|")) return { hidden: text, bar: null };
  const parts: string[] = [];
  let position = 0;
  for (let lineStart = 0; lineStart < text.length; ) {
    const found = text.indexOf("\n", lineStart);
    const lineEnd = found === -1 ? text.length : found;
    const firstBar = text.indexOf("|", lineStart);
    if (firstBar === -1) break;
    if (firstBar < lineEnd) {
      for (const { start, end } of math.within(lineStart, lineEnd)) {
        parts.push(text.slice(position, start), text.slice(start, end).replaceAll("|", bar));
        position = end;
      }
    }
    lineStart = lineEnd + 1;
  }
  if (parts.length === 0) return { hidden: text, bar: null };
  parts.push(text.slice(position));
  return { hidden: parts.join(""), bar };
}

/** Restores the bars, wherever the text is in the tree. */
export function showBars(node: Root | RootContent, bar: string): void {
  if (node.type === "text" || node.type === "comment" || node.type === "raw")
    node.value = node.value.replaceAll(bar, "|");
  if (node.type === "element") {
    for (const [name, value] of Object.entries(node.properties)) {
      if (typeof value === "string") node.properties[name] = value.replaceAll(bar, "|");
      else if (Array.isArray(value)) {
        node.properties[name] = value.map((part) => (typeof part === "string" ? part.replaceAll(bar, "|") : part));
      }
    }
  }
  if ("children" in node) for (const child of node.children) showBars(child, bar);
}
