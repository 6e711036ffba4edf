import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ReadingPlace } from "../../../electron/contract/chats.ts";
import { goToPlace, placeIn } from "./readingPlace.ts";

/** A user within this distance from the end counts as being at the end. */
const nearEndPixels = 32;
/** Time without movement after which the place is saved. */
const restMs = 250;

/** Changes the page without moving `mark` on the screen. */
export type KeepInPlace = (mark: HTMLElement, change: () => void) => void;

export interface FollowEnd {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  keepInPlace: KeepInPlace;
  isAtEnd: boolean;
  goToEnd: () => void;
  /** Shows a place, and keeps it there while the page around it is being rendered, until the user moves. */
  goTo: (place: ReadingPlace) => void;
  /** The distance in pixels from the top of the visible part to the end; it does not change if text is added above. */
  distanceFromEnd: () => number;
  goToDistance: (fromEnd: number) => void;
}

/**
 * Starts at `start`, or at the end if that is null. Keeps the end in view while text arrives, but only if the user is
 * at the end and it has been read (`hasEnd`). Calls `onRest` with the user's place when they stop moving and when the
 * page is closed.
 */
export function useFollowEnd(
  start: ReadingPlace | null,
  hasEnd: boolean,
  onRest: (place: ReadingPlace | null) => void,
): FollowEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(start === null);
  /** The place to return to until the user moves, since parts that are rendered late would shift it. */
  const held = useRef(start);
  const [isAtEnd, setAtEnd] = useState(start === null);
  /** The measures after the last scroll to the end, to tell the user's movements from the window's. */
  const ended = useRef({ scrollTop: 0, scrollHeight: 0, clientHeight: 0, clientWidth: 0 });
  const rest = useRef(onRest);
  const endIsHere = useRef(hasEnd);
  useLayoutEffect(() => {
    rest.current = onRest;
    endIsHere.current = hasEnd;
  });
  const isAtTheEnd = useCallback((element: HTMLElement) => endIsHere.current && isNearEnd(element), []);

  const goToEnd = useCallback(() => {
    held.current = null;
    following.current = true;
    setAtEnd(true);
    if (content.current) content.current.style.minHeight = "";
    if (scroller.current) ended.current = scrollToEnd(scroller.current);
  }, []);

  const distanceFromEnd = useCallback(() => {
    const element = scroller.current;
    return element ? element.scrollHeight - element.scrollTop : 0;
  }, []);
  const goToDistance = useCallback((fromEnd: number) => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight - fromEnd;
  }, []);

  const keepInPlace = useCallback<KeepInPlace>(
    (mark, change) => {
      held.current = null;
      const before = mark.getBoundingClientRect().top;
      // Rendered synchronously: the page must be measured before the observer below sees it grow.
      flushSync(change);
      const element = scroller.current;
      const inner = content.current;
      if (!element || !inner) return;
      const scrollTop = element.scrollTop + mark.getBoundingClientRect().top - before;
      // A page that became too short for that is lengthened until the user scrolls up.
      inner.style.minHeight = `${scrollTop + element.clientHeight}px`;
      element.scrollTop = scrollTop;
      following.current = isAtTheEnd(element);
      ended.current = measure(element);
      setAtEnd(following.current);
    },
    [isAtTheEnd],
  );

  const goTo = useCallback((place: ReadingPlace) => {
    if (!scroller.current) return;
    held.current = place;
    following.current = false;
    goToPlace(scroller.current, place);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    const settle = (): void => {
      if (held.current !== null && !goToPlace(element, held.current)) {
        held.current = null;
        following.current = endIsHere.current;
      }
      if (following.current) ended.current = scrollToEnd(element);
      // A page that fits never scrolls.
      setAtEnd(isAtTheEnd(element));
    };
    settle();

    const tell = (): void => rest.current(following.current ? null : (held.current ?? placeIn(element)));
    let timer: ReturnType<typeof setTimeout> | undefined;
    let byHand = false;
    /** Whether the page's content has changed since the last scroll event. */
    let isChanged = false;
    const onScroll = (): void => {
      const seenTo = element.scrollTop + element.clientHeight;
      if (seenTo < Number.parseFloat(inner.style.minHeight)) inner.style.minHeight = `${seenTo}px`;
      if (following.current && !hasMovedUp(element, ended.current, { byHand, isChanged })) settle();
      else if (held.current === null) following.current = isAtTheEnd(element);
      isChanged = false;
      setAtEnd(isAtTheEnd(element));
      clearTimeout(timer);
      timer = setTimeout(tell, restMs);
    };
    // Scrolling up with the wheel ends following at once, since the page may grow before the scroll event arrives.
    const onWheel = (event: WheelEvent): void => {
      held.current = null;
      if (event.deltaY < 0 && element.scrollHeight > element.clientHeight) following.current = false;
    };
    const moves = (): void => {
      held.current = null;
      byHand = true;
    };
    const rests = (): void => {
      byHand = false;
    };
    const changed = new MutationObserver(() => {
      isChanged = true;
    });
    changed.observe(inner, { childList: true, subtree: true });
    const grown = new ResizeObserver(settle);
    grown.observe(inner);
    grown.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: true });
    element.addEventListener("pointerdown", moves, { passive: true });
    element.addEventListener("keydown", moves, { passive: true });
    window.addEventListener("pointerup", rests);
    window.addEventListener("keyup", rests);
    window.addEventListener("pagehide", tell);
    return () => {
      clearTimeout(timer);
      tell();
      changed.disconnect();
      grown.disconnect();
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", moves);
      element.removeEventListener("keydown", moves);
      window.removeEventListener("pointerup", rests);
      window.removeEventListener("keyup", rests);
      window.removeEventListener("pagehide", tell);
    };
  }, [isAtTheEnd]);

  return { scroller, content, keepInPlace, isAtEnd, goToEnd, goTo, distanceFromEnd, goToDistance };
}

type Measures = Pick<HTMLElement, "scrollTop" | "scrollHeight" | "clientHeight" | "clientWidth">;

const measure = ({ scrollTop, scrollHeight, clientHeight, clientWidth }: HTMLElement): Measures => ({
  scrollTop,
  scrollHeight,
  clientHeight,
  clientWidth,
});

function scrollToEnd(element: HTMLElement): Measures {
  element.scrollTop = element.scrollHeight;
  return measure(element);
}

/**
 * Returns whether the user scrolled up. A resized window or text moves the page as well, and so does content that is
 * replaced: while it is missing, the page is shorter, even if it is as high as before when the scroll event arrives.
 */
function hasMovedUp(
  element: HTMLElement,
  before: Measures,
  { byHand, isChanged }: { byHand: boolean; isChanged: boolean },
): boolean {
  const { scrollTop, scrollHeight, clientHeight, clientWidth } = measure(element);
  const isSameWindow = clientHeight === before.clientHeight && clientWidth === before.clientWidth;
  const isSameText = scrollHeight === before.scrollHeight && !isChanged;
  return isSameWindow && (isSameText || byHand) && scrollTop < before.scrollTop - 1;
}

const isNearEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean =>
  scrollHeight - scrollTop - clientHeight <= nearEndPixels;
