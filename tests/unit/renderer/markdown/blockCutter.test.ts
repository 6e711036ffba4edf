import { expect, test } from "vitest";
import { BlockCutter } from "../../../../renderer/features/chats/markdown/BlockCutter.ts";
import { splitBlocks } from "../../../../renderer/features/chats/markdown/splitBlocks.ts";
import { appendText, type GrowingText, growingText } from "../../../../renderer/stores/growingText.ts";
import { hostileTexts } from "../../../support/chats/hostileTexts.mjs";
import { moreHostileTexts } from "../../../support/chats/moreHostileTexts.mjs";

const tooLong = "longer than any block";

/** Cuts the text so far. Returns whether the cutter has given up. */
function cutAll(cutter: BlockCutter, text: GrowingText, isWriting: boolean, blocks: string[]): boolean {
  for (;;) {
    const { settled, hasMore, isTooLong } = cutter.cut(text, isWriting);
    if (isTooLong) blocks.push(tooLong);
    else blocks.push(...settled);
    if (isTooLong || !hasMore) return isTooLong;
  }
}

function opened(text: string): string[] {
  const blocks: string[] = [];
  cutAll(new BlockCutter(), growingText(text), false, blocks);
  return blocks;
}

function streamed(text: string): string[] {
  const cutter = new BlockCutter();
  const blocks: string[] = [];
  const step = Math.ceil(text.length / 25);
  let written = growingText("");
  for (let at = 0; at < text.length; at += step) {
    written = appendText(written, text.slice(at, at + step));
    if (cutAll(cutter, written, true, blocks)) return blocks;
  }
  cutAll(cutter, written, false, blocks);
  return blocks;
}

test.each(Object.entries({ ...hostileTexts, ...moreHostileTexts }))(
  "%s: cut in windows, streamed or opened, the blocks are those of the whole text",
  (_name, whole) => {
    const text = whole.slice(0, 120_000);
    const blocks = opened(text);
    // Not compared as lists, because a failure would print megabytes.
    expect(streamed(text).join("\u0000") === blocks.join("\u0000")).toBe(true);
    if (text.includes("\r") || blocks.at(-1) === tooLong) return;
    expect(splitBlocks(text).join("\u0000") === blocks.join("\u0000")).toBe(true);
  },
);
