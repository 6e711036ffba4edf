// A select or a datalist can neither highlight words nor load more pages.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { measureElement, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { SearchHit, SearchTotal } from "../../../electron/contract/chats.ts";
import { useChatSearch } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { MarkedText } from "./MarkedText.tsx";
import { ReplyPlace } from "./ReplyPlace.tsx";

/** A hit with two lines of its message is about this high; each is measured when it is rendered. */
const hitPixels = 68;
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

/** The chats that a search found. Only the visible ones are rendered. */
export function SearchResults({ hits, active, onChoose }: SearchResultsProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const readMore = useChatSearch((state) => state.readMore);
  const next = useChatSearch((state) => state.next);
  const total = useChatSearch((state) => state.total);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => hitPixels,
    gap: 2,
    overscan: 8,
    measureElement: (element, entry, list) => {
      // Hidden rows, in the rail, have no height; taken as theirs, it would scroll the list when it is shown again.
      const pixels = measureElement(element, entry, list);
      return pixels > 0 ? pixels : (list.measurementsCache[list.indexFromElement(element)]?.size ?? hitPixels);
    },
  });
  useEffect(() => virtualizer.scrollToIndex(active), [active, virtualizer]);
  const rows = virtualizer.getVirtualItems();
  const lastDrawn = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    // A page may add no chat, so it also depends on the cursor.
    if (next !== null && lastDrawn >= hits.length - hitsAhead) void readMore();
  }, [next, lastDrawn, hits.length, readMore]);
  return (
    <>
      <output className="list-heading">{total !== null && <Total total={total} />}</output>
      <div className="search-results scroll" ref={scroller}>
        <div
          id={searchResultsId}
          role="listbox"
          aria-label={say("search.results")}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {rows.map(({ index, start }) => {
            const hit = hits[index];
            if (!hit) return null;
            return (
              <div
                key={hit.chat.id}
                ref={virtualizer.measureElement}
                data-index={index}
                id={searchHitId(index)}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className="search-hit"
                style={{ transform: `translateY(${start}px)` }}
                // The focus stays in the search field.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => onChoose(hit)}
                onKeyDown={(event) => event.key === "Enter" && onChoose(hit)}
              >
                <span className="search-hit-top">
                  <bdi className="grow clip">
                    {hit.chat.title === "" ? (
                      say("untitled")
                    ) : (
                      <MarkedText text={hit.chat.title} marks={hit.titleMarks} />
                    )}
                  </bdi>
                  <span className="small quiet">
                    {hit.chat.archived
                      ? say("search.archived", { when: figures.briefly(hit.at) })
                      : figures.briefly(hit.at)}
                  </span>
                </span>
                {hit.snippet !== "" && (
                  <span className="search-hit-text" dir="auto">
                    <MarkedText text={hit.snippet} marks={hit.marks} />
                  </span>
                )}
                {hit.server !== null && (
                  <span className="search-hit-place small quiet">
                    <ReplyPlace place={hit.server} />
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function Total({ total: { hits, chats, isAll } }: { total: SearchTotal }) {
  const say = useSay("chats");
  if (!isAll) return say("search.more", { count: hits });
  return say("search.total", { hits: say("search.hits", { count: hits }), count: chats });
}
