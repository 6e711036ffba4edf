import { closesFence, type Fence, openingFence } from "../../../parts/fence.ts";
import { findHtml, type HtmlFinder } from "./findHtml.ts";
import { findMath, type MathFinder } from "./findMath.ts";
import { plainLineEnds } from "./plainLineEnds.ts";

const blank = /^[ \t]*$/;
const listMarker = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const definition = /^ {0,3}\[[^\]\n]+\]:/m;

/** Returns whether a text may define links or footnotes, which apply to all its blocks. */
export function hasDefinitions(markdown: string): boolean {
  return definition.test(markdown);
}

/**
 * Splits Markdown between top-level blocks, so that only the last block of a streaming reply is parsed again. Joined,
 * the blocks are the text with `\n` as line ends. It does not split where that could change the meaning (lists,
 * indentation, fences, display math, HTML): a long block costs time, a wrong split changes the answer. The text after a
 * split is split into the same blocks by itself, so a growing text is split from there on. Takes linear time.
 */
export function splitBlocks(markdown: string): string[] {
  const text = plainLineEnds(markdown);
  const math = findMath(text);
  const html = findHtml(text);
  const blocks: string[] = [];
  let blockStart = 0;
  let fence: Fence | null = null;
  let inList = false;
  let afterBlank = false;
  /** Nothing is split before this offset, because display math or HTML extends to it. */
  let wholeUntil = 0;

  for (let lineStart = 0; lineStart < text.length; ) {
    const found = text.indexOf("\n", lineStart);
    const lineEnd = found === -1 ? text.length : found;
    const line = text.slice(lineStart, lineEnd);
    const isWhole = lineStart < wholeUntil;
    if (fence) {
      if (closesFence(fence, line)) fence = null;
    } else if (blank.test(line)) {
      afterBlank = true;
    } else if (isWhole) {
      afterBlank = false;
      wholeUntil = Math.max(wholeUntil, math.aroundLineEnd(lineEnd, lineStart)?.end ?? 0);
    } else {
      const isItem = listMarker.test(line);
      if (afterBlank && lineStart > blockStart && !/^[ \t]/.test(line) && !(inList && isItem)) {
        blocks.push(text.slice(blockStart, lineStart));
        blockStart = lineStart;
        inList = false;
      }
      afterBlank = false;
      inList ||= isItem;
      fence = openingFence(line);
      if (!fence) wholeUntil = endOfWhole(text, lineStart, lineEnd, math, html);
    }
    lineStart = lineEnd + 1;
  }
  if (blockStart < text.length) blocks.push(text.slice(blockStart));
  return blocks;
}

/** Returns the end of a construct that begins on this line and may contain blank lines; 0 if it ends with the line. */
function endOfWhole(text: string, lineStart: number, lineEnd: number, math: MathFinder, html: HtmlFinder): number {
  const end = math.aroundLineEnd(lineEnd, lineStart)?.end;
  if (end !== undefined) return end;
  let start = lineStart;
  while (start < lineEnd && /[ \t>]/.test(text[start] ?? "")) start++;
  if (math.isUnfinished(start)) return text.length;
  if (text[start] !== "<") return 0;
  return html.isUnfinished(start) ? text.length : (html.endOf(start) ?? 0);
}
