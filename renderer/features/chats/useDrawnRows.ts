import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useChatFolders, useChatList } from "../../stores/useStores.ts";
import type { ListRow } from "./listRows.ts";
import { rowsWithActive } from "./rowsWithActive.ts";
import { useRowHeights } from "./useRowHeights.ts";

/** The next page is requested when this many rows are left below the visible ones. */
const rowsAhead = 40;

/**
 * Renders only the visible rows of the list and the active one, and requests the next page, of the list and of open
 * folders, before the user reaches it.
 */
export function useDrawnRows(rows: readonly ListRow[], activeIndex: number) {
  const scroller = useRef<HTMLElement>(null);
  const readMore = useChatList((state) => state.readMore);
  const hasMore = useChatList(({ next }) => next !== null);
  const readMoreOf = useChatFolders((state) => state.readMore);
  const { rowPixels, headingPixels } = useRowHeights();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "heading" ? headingPixels : rowPixels),
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
    // The active row is the tab stop.
    rangeExtractor: (range) => rowsWithActive(range, activeIndex),
  });
  useEffect(() => virtualizer.measure(), [rowPixels, virtualizer]);
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = Math.min(drawn.at(-1)?.index ?? 0, virtualizer.range?.endIndex ?? 0);
  useEffect(() => {
    if (hasMore && lastDrawn >= rows.length - rowsAhead) void readMore();
  }, [hasMore, lastDrawn, rows.length, readMore]);
  // The end of an open folder is drawn before it is scrolled to.
  const toRead = drawn.flatMap(({ index }) => restOf(rows[index])).join(" ");
  useEffect(() => {
    for (const part of toRead.split(" ")) if (part !== "") void readMoreOf(part);
  }, [toRead, rows.length, readMoreOf]);
  return { scroller, virtualizer, drawn };
}

const restOf = (row: ListRow | undefined): string[] => (row?.kind === "rest" && row.state === "more" ? [row.part] : []);
