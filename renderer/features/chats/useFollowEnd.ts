import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Within this of the end, a reader counts as being at the end. */
const nearEndPixels = 32;

/** Makes a change to the page, and leaves `mark` where it is on the screen. */
export type KeepInPlace = (mark: HTMLElement, change: () => void) => void;

export interface FollowEnd {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  keepInPlace: KeepInPlace;
  isAtEnd: boolean;
  goToEnd: () => void;
  /** Pixels between the top of what is seen and the end; they stay the same while text is added above. */
  distanceFromEnd: () => number;
  goToDistance: (fromEnd: number) => void;
}

/** Keeps the end in view while text arrives, but only for a reader who is there. */
export function useFollowEnd(): FollowEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);

  const goToEnd = useCallback(() => {
    following.current = true;
    setAtEnd(true);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  const distanceFromEnd = useCallback(() => {
    const element = scroller.current;
    return element ? element.scrollHeight - element.scrollTop : 0;
  }, []);
  const goToDistance = useCallback((fromEnd: number) => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight - fromEnd;
  }, []);

  const keepInPlace = useCallback<KeepInPlace>((mark, change) => {
    const before = mark.getBoundingClientRect().top;
    // Drawn at once: the page must be measured before the observer below sees it grow.
    flushSync(change);
    const element = scroller.current;
    if (!element) return;
    element.scrollTop += mark.getBoundingClientRect().top - before;
    following.current = isNearEnd(element);
    setAtEnd(following.current);
  }, []);

  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    const onScroll = (): void => {
      following.current = isNearEnd(element);
      setAtEnd(following.current);
    };
    // A turn upwards lets go at once, before the scroll event that a growing page might overtake.
    const onWheel = (event: WheelEvent): void => {
      if (event.deltaY < 0 && element.scrollHeight > element.clientHeight) following.current = false;
    };
    const grown = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight;
    });
    grown.observe(inner);
    grown.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: true });
    return () => {
      grown.disconnect();
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
    };
  }, []);

  return { scroller, content, keepInPlace, isAtEnd, goToEnd, distanceFromEnd, goToDistance };
}

const isNearEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean =>
  scrollHeight - scrollTop - clientHeight <= nearEndPixels;
