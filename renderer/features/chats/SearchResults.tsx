// A select or a datalist can neither highlight words nor load more pages.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { SearchHit } from "../../../electron/contract/chats.ts";
import { useChatSearch } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { MarkedText } from "./MarkedText.tsx";

const titlePixels = 32;
const messagePixels = 68;
/** The next page is requested when this many hits are left below the visible ones. */
const hitsAhead = 20;

export const searchResultsId = "search-results";
export const searchHitId = (index: number): string => `search-hit-${index}`;

export interface SearchResultsProps {
  hits: readonly SearchHit[];
  /** The index of the hit that Enter opens. */
  active: number;
  onChoose: (hit: SearchHit) => void;
}

/** The hits of a search. Only the visible ones are rendered. */
export function SearchResults({ hits, active, onChoose }: SearchResultsProps) {
  const say = useSay("chats");
  const readMore = useChatSearch((state) => state.readMore);
  const hasMore = useChatSearch(({ next }) => next !== null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (hits[index]?.messageId === null ? titlePixels : messagePixels),
    overscan: 8,
  });
  useEffect(() => virtualizer.scrollToIndex(active), [active, virtualizer]);
  const rows = virtualizer.getVirtualItems();
  const lastDrawn = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastDrawn >= hits.length - hitsAhead) void readMore();
  }, [hasMore, lastDrawn, hits.length, readMore]);
  return (
    <div className="search-results" ref={scroller}>
      <div
        id={searchResultsId}
        role="listbox"
        aria-label={say("search.results")}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, start, size }) => {
          const hit = hits[index];
          if (!hit) return null;
          return (
            <div
              key={index}
              id={searchHitId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="search-hit"
              style={{ transform: `translateY(${start}px)`, height: size }}
              // The focus stays in the search field.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(hit)}
              onKeyDown={(event) => event.key === "Enter" && onChoose(hit)}
            >
              <bdi className="search-hit-title">
                {hit.messageId === null ? (
                  <MarkedText text={hit.chat.title} marks={hit.titleMarks} />
                ) : hit.chat.title === "" ? (
                  say("untitled")
                ) : (
                  hit.chat.title
                )}
              </bdi>
              {hit.messageId !== null && (
                <span className="search-hit-text" dir="auto">
                  <MarkedText text={hit.snippet} marks={hit.marks} />
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
