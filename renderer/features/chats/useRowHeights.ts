import { useSyncExternalStore } from "react";

/** Attributes of the page that change the heights, as set under Appearance. */
const attributeFilter = ["data-text-size", "data-density"];

function onAppearance(listener: () => void): () => void {
  const watch = new MutationObserver(listener);
  watch.observe(document.documentElement, { attributes: true, attributeFilter });
  return () => watch.disconnect();
}

/** Returns the heights of the rows of the list of chats: `--row` and `--group-row` in theme.css. */
export function useRowHeights(): { rowPixels: number; headingPixels: number } {
  const isCompact = useSyncExternalStore(onAppearance, () => document.documentElement.dataset["density"] === "compact");
  const scale = useSyncExternalStore(
    onAppearance,
    () => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--text-scale")) || 1,
  );
  return {
    rowPixels: Math.round((isCompact ? 24 : 28) * scale),
    headingPixels: Math.round((isCompact ? 26 : 32) * scale),
  };
}
