import { type RefObject, useEffect } from "react";
import type { ReadingPlace } from "../../../electron/contract/chats.ts";
import { foundWords, queryWords } from "../../../electron/contract/foundWords.ts";
import type { Found } from "../../stores/conversation.ts";

/** Same as in conversation.css. */
const highlightName = "found-words";
const blocks = "p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, dt, dd, figcaption, div, article";
/** The share of the visible part that stays above the first word found. */
const shareAbove = 0.3;

/**
 * Highlights the words that a search found in the message it opened, without changing the page's elements. Calls `hold`
 * with the place of the first word each time the message is rendered anew; null: the user has already been there.
 */
export function useFoundWords(
  scroller: RefObject<HTMLElement | null>,
  found: Found | null,
  hold: ((place: ReadingPlace) => void) | null,
): void {
  useEffect(() => {
    const element = scroller.current;
    const message = found && element?.querySelector<HTMLElement>(`[data-message="${CSS.escape(found.messageId)}"]`);
    if (!message || !element || typeof Highlight === "undefined") return;
    const words = queryWords(found.query);
    const mark = (): void => {
      const ranges = rangesIn(message.querySelector("[data-answer], .user-words") ?? message, words);
      CSS.highlights.set(highlightName, new Highlight(...ranges));
      const [first] = ranges;
      if (first !== undefined) hold?.(placeOf(first, message, element));
    };
    mark();
    let frame = 0;
    const drawn = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(mark);
    });
    drawn.observe(message, { childList: true, subtree: true, characterData: true });
    return () => {
      drawn.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete(highlightName);
    };
  }, [scroller, found, hold]);
}

/** Returns the ranges of the words in the rendered text. A word may contain markup, but ends with its paragraph. */
export function rangesIn(root: Element, words: readonly string[]): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  let text = "";
  let block: Element | null = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement } = node;
    if (!(node instanceof Text) || (parentElement?.closest(".katex-mathml, button") ?? null) !== null) continue;
    const own = parentElement?.closest(blocks) ?? null;
    if (own !== block) text += "\n";
    block = own;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const placeAt = (at: number, isEnd: boolean): { node: Text; offset: number } | undefined => {
    const place = nodes.findLast(({ start }) => (isEnd ? start < at : start <= at));
    return place && { node: place.node, offset: Math.min(at - place.start, place.node.length) };
  };
  return foundWords(text, words).flatMap(([from, to]) => {
    const start = placeAt(from, false);
    const end = placeAt(to, true);
    if (start === undefined || end === undefined) return [];
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return [range];
  });
}

function placeOf(range: Range, message: HTMLElement, scroller: HTMLElement): ReadingPlace {
  const answer = message.querySelector("[data-answer]");
  const from = (answer ?? message).getBoundingClientRect();
  const drawn = range.getBoundingClientRect();
  // Text far out of sight is not laid out yet.
  const { top } = drawn.height > 0 ? drawn : (range.startContainer.parentElement ?? message).getBoundingClientRect();
  return {
    messageId: message.dataset["message"] ?? "",
    from: answer === null ? "message" : "answer",
    offsetPixels: Math.max(-10_000, top - from.top - scroller.clientHeight * shareAbove),
    widthPixels: Math.max(1, message.getBoundingClientRect().width),
  };
}
