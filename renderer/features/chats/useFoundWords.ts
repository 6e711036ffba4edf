import { type RefObject, useEffect } from "react";
import type { ReadingPlace } from "../../../electron/contract/chats.ts";
import { foundPlaces, queryWords } from "../../../electron/contract/foundWords.ts";
import type { FindPlace } from "../../stores/chatFind.ts";
import { useChatFind, useStores } from "../../stores/useStores.ts";

/** Same as in conversation.css. */
const foundName = "found-words";
const currentName = "current-found-words";
const blocks = "p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, dt, dd, figcaption, div, article";
/** The share of the visible part that stays above the words that are shown. */
const shareAbove = 0.3;
/** Messages within this many pixels of the visible part are marked. */
const nearPixels = 2000;
/** Marking follows what changes after this time, since a reply may change with every frame. */
const settleMs = 100;

/**
 * Marks what is looked for in the messages around the visible part, the current place more strongly, without changing
 * the page's elements. Calls `goTo` with the current place when it changes, and again while the page around it is being
 * rendered, until the user moves.
 */
export function useFoundWords(scroller: RefObject<HTMLElement | null>, goTo: (place: ReadingPlace) => void): void {
  const { chatFind } = useStores();
  const query = useChatFind((state) => state.query);
  const asPhrase = useChatFind((state) => state.asPhrase);
  const current = useChatFind((state) => state.current);
  const shows = useChatFind((state) => state.shows);
  useEffect(() => {
    const element = scroller.current;
    const words = queryWords(query);
    if (!element || words.length === 0 || typeof Highlight === "undefined") return;
    const { isToShow, wasShown } = chatFind.getState();
    let isHeld = isToShow();
    let hasShown = false;
    const mark = (): void => {
      const found: Range[] = [];
      const here: Range[] = [];
      for (const message of near(element, current?.messageId)) {
        for (const [part, root] of partsOf(message)) {
          const ranges = rangesIn(root, words, asPhrase);
          found.push(...ranges);
          if (current?.messageId !== message.dataset["message"] || current?.part !== part) continue;
          // Its Markdown may contain it more often than its words do.
          const range = ranges[Math.min(current.nth, ranges.length - 1)];
          if (range === undefined) continue;
          here.push(range);
          if (!isHeld) continue;
          hasShown = true;
          goTo(placeOf(range, message, element));
        }
      }
      const strong = new Highlight(...here);
      strong.priority = 1;
      CSS.highlights.set(foundName, new Highlight(...found));
      CSS.highlights.set(currentName, strong);
    };
    mark();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        mark();
      }, settleMs);
    };
    const letGo = (): void => {
      isHeld = false;
      wasShown();
    };
    const drawn = new MutationObserver(soon);
    drawn.observe(element, { childList: true, subtree: true, characterData: true });
    element.addEventListener("scroll", soon, { passive: true });
    for (const name of ["wheel", "pointerdown", "keydown"]) element.addEventListener(name, letGo, { passive: true });
    return () => {
      // From now on, the user's own place counts.
      if (hasShown) wasShown();
      clearTimeout(timer);
      drawn.disconnect();
      element.removeEventListener("scroll", soon);
      for (const name of ["wheel", "pointerdown", "keydown"]) element.removeEventListener(name, letGo);
      CSS.highlights.delete(foundName);
      CSS.highlights.delete(currentName);
    };
  }, [scroller, goTo, chatFind, query, asPhrase, current, shows]);
}

/** Returns the messages around the visible part, and the given one. */
function near(scroller: HTMLElement, messageId: string | undefined): HTMLElement[] {
  const { top, bottom } = scroller.getBoundingClientRect();
  return [...scroller.querySelectorAll<HTMLElement>("[data-message]")].filter((message) => {
    if (message.dataset["message"] === messageId) return true;
    const box = message.getBoundingClientRect();
    return box.bottom > top - nearPixels && box.top < bottom + nearPixels;
  });
}

/** Returns the texts of a message in which one can look for words; a folded thought is not one. */
function partsOf(message: HTMLElement): [FindPlace["part"], Element][] {
  const parts: [FindPlace["part"], Element | null][] = [
    ["thought", message.querySelector("[data-testid='thought']:not([hidden])")],
    ["text", message.querySelector("[data-answer], .user-words")],
  ];
  return parts.filter((part): part is [FindPlace["part"], Element] => part[1] !== null);
}

/** Returns the ranges of the words in the rendered text. They may contain markup, but end with their paragraph. */
export function rangesIn(root: Element, words: readonly string[], asPhrase = false): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  let text = "";
  let block: Element | null = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement } = node;
    if (!(node instanceof Text) || (parentElement?.closest(".katex-mathml, button") ?? null) !== null) continue;
    const own = parentElement?.closest(blocks) ?? null;
    // Words of two blocks are no phrase.
    if (own !== block) text += "\n\n";
    block = own;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const placeAt = (at: number, isEnd: boolean): { node: Text; offset: number } | undefined => {
    const place = nodes.findLast(({ start }) => (isEnd ? start < at : start <= at));
    return place && { node: place.node, offset: Math.min(at - place.start, place.node.length) };
  };
  return foundPlaces(text, words, asPhrase).flatMap(([from, to]) => {
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
