import { type RefObject, useEffect, useState } from "react";

/**
 * Returns whether something of the window lies over an element: a menu, a dialog, the sidebar. Pages are drawn above
 * everything of the window, so they must give way to it.
 */
export function useCovered(element: RefObject<HTMLElement | null>): boolean {
  const [isCovered, setCovered] = useState(false);
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const above = [...document.querySelectorAll<HTMLElement>("body > :not(#root, script, style), .sidebar-shade")];
      setCovered(element.current !== null && above.some((each) => overlaps(each, element.current)));
      // It may move without any other sign.
      if (above.some(hasBoxes)) frame = requestAnimationFrame(look);
    };
    const changed = new MutationObserver(() => {
      if (frame === 0) look();
    });
    changed.observe(document.body, { childList: true });
    const shell = document.querySelector(".shell");
    if (shell) changed.observe(shell, { childList: true, attributeFilter: ["data-sidebar"] });
    look();
    return () => {
      changed.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [element]);
  return isCovered;
}

function overlaps(above: HTMLElement, below: HTMLElement | null): boolean {
  if (below === null) return false;
  const place = below.getBoundingClientRect();
  return [above, ...above.querySelectorAll<HTMLElement>("*")].some((each) => {
    const { left, right, top, bottom, width, height } = each.getBoundingClientRect();
    const isApart = right <= place.left || left >= place.right || bottom <= place.top || top >= place.bottom;
    return width > 1 && height > 1 && !isApart && isDrawn(each);
  });
}

const hasBoxes = (element: HTMLElement): boolean =>
  [element, ...element.querySelectorAll<HTMLElement>("*")].some((each) => each.getClientRects().length > 0);

function isDrawn(element: HTMLElement): boolean {
  const { visibility, opacity, clipPath } = getComputedStyle(element);
  return visibility !== "hidden" && opacity !== "0" && clipPath === "none";
}
