import { type RefObject, useEffect, useState } from "react";
import type { ReplyBlocks } from "./ReplyBlocks.ts";
import { watchNearness } from "./watchNearness.ts";

/** The most that is rendered within one frame, although a single part may have more. */
const nodesPerFrame = 800;

/**
 * Tells the blocks of a reply whether the reply, and which of its parts, are visible or close to it. Returns the parts
 * to render: those that came near earlier, and a few more with each frame.
 */
export function useNearness(place: RefObject<HTMLDivElement | null>, blocks: ReplyBlocks): ReadonlySet<number> {
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const near = new Set<number>();
    let shown = new Set<number>();
    let frame = 0;
    const drawSome = (): void => {
      frame = 0;
      const { parts } = blocks.view();
      shown = new Set([...shown].filter((index) => near.has(index)));
      let nodes = 0;
      for (const index of near) {
        if (shown.has(index)) continue;
        if (nodes > nodesPerFrame) {
          frame = requestAnimationFrame(drawSome);
          break;
        }
        shown.add(index);
        nodes += parts[index]?.nodes ?? 0;
      }
      setDrawn(shown);
    };
    const setPartNear = (index: number, isNear: boolean): void => {
      blocks.setPartNear(index, isNear);
      if (isNear) near.add(index);
      else near.delete(index);
      frame ||= requestAnimationFrame(drawSome);
    };
    const watched = new Map<HTMLElement, () => void>();
    // A chat has thousands of parts, so those of a reply that is far away are not watched, nor is one that is alone.
    const watchParts = (): void => {
      const parts = Array.from(element.querySelectorAll<HTMLElement>(":scope > [data-part]"));
      const [only] = parts;
      if (only !== undefined && parts.length === 1 && watched.size === 0) {
        setPartNear(Number(only.dataset["part"]), true);
        return;
      }
      for (const part of parts) {
        if (watched.has(part)) continue;
        const index = Number(part.dataset["part"]);
        watched.set(
          part,
          watchNearness(part, (isNear) => setPartNear(index, isNear)),
        );
      }
    };
    const unwatchParts = (): void => {
      for (const unwatch of watched.values()) unwatch();
      watched.clear();
      for (const index of near) setPartNear(index, false);
    };
    // Parts are added and removed as the reply grows.
    const added = new MutationObserver(watchParts);
    const unwatch = watchNearness(element, (isNear) => {
      blocks.setNear(isNear);
      if (isNear) {
        added.observe(element, { childList: true });
        watchParts();
      } else {
        added.disconnect();
        unwatchParts();
      }
    });
    return () => {
      cancelAnimationFrame(frame);
      unwatch();
      added.disconnect();
      for (const end of watched.values()) end();
    };
  }, [place, blocks]);
  return drawn;
}
