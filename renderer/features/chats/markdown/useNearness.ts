import { type RefObject, useEffect, useState } from "react";
import type { ReplyBlocks } from "./ReplyBlocks.ts";

/** Further than Chromium itself lays out in advance, so that a replacement is never seen. */
const margin = "200% 0px";

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
    const onChange = (entries: IntersectionObserverEntry[]): void => {
      for (const { target, isIntersecting } of entries) {
        if (target === element) blocks.setNear(isIntersecting);
        else if (target instanceof HTMLElement) {
          const index = Number(target.dataset["part"]);
          blocks.setPartNear(index, isIntersecting);
          if (isIntersecting) near.add(index);
          else near.delete(index);
        }
      }
      frame ||= requestAnimationFrame(drawSome);
    };
    const seen = new IntersectionObserver(onChange, {
      root: element.closest(".conversation-scroll"),
      rootMargin: margin,
    });
    seen.observe(element);
    // Parts are added and removed as the reply grows.
    const observeParts = (): void => {
      for (const part of element.querySelectorAll(":scope > [data-part]")) seen.observe(part);
    };
    observeParts();
    const added = new MutationObserver(observeParts);
    added.observe(element, { childList: true });
    return () => {
      cancelAnimationFrame(frame);
      seen.disconnect();
      added.disconnect();
    };
  }, [place, blocks]);
  return drawn;
}
