import { type RefObject, useEffect, useRef } from "react";
import { showHeadline } from "./showHeadline.ts";

interface ShownHeadline {
  headline: RefObject<HTMLHeadingElement | null>;
  /** Opens a result, whose headline is scrolled to once it is there. */
  open: (resultId: string) => void;
}

interface ShownResult {
  shownId: string | undefined;
  isRunning: boolean;
  /** The result of the last benchmark, if it had one. */
  endedId: string | null;
  /** Sets which result is opened. Null: the newest. */
  onOpened: (resultId: string | null) => void;
}

/** What has just been measured, or was opened in the history, is scrolled to once it is there. */
export function useShownHeadline({ shownId, isRunning, endedId, onOpened }: ShownResult): ShownHeadline {
  const headline = useRef<HTMLHeadingElement>(null);
  const wasRunning = useRef(isRunning);
  const wantedId = useRef<string | null>(null);
  useEffect(() => {
    if (wasRunning.current && !isRunning) {
      wantedId.current = endedId;
      onOpened(null);
    }
    wasRunning.current = isRunning;
  }, [isRunning, endedId, onOpened]);
  useEffect(() => {
    if (wantedId.current === null || wantedId.current !== shownId) return;
    wantedId.current = null;
    showHeadline(headline.current);
  });
  const open = (id: string): void => {
    // While a benchmark runs, no result is shown until one is opened.
    if (id === shownId && headline.current !== null) showHeadline(headline.current);
    else wantedId.current = id;
    onOpened(id);
  };
  return { headline, open };
}
