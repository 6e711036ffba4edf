import { useState } from "react";

const firstRows = 12;

/** The rows of a history: only the newest few until the user asks for more. The Tab key reaches one of them. */
export interface HistoryRows<Result> {
  rows: readonly Result[];
  /** The row that the Tab key reaches. */
  stopId: string | undefined;
  focus: (resultId: string) => void;
  /** Shows all. Null if all are shown. */
  showAll: (() => void) | null;
}

/** Returns the rows of a history, newest first. `shownId`: the result whose figures are shown above. */
export function useHistoryRows<Result extends { id: string }>(
  results: readonly Result[],
  shownId: string | null,
): HistoryRows<Result> {
  const [showsAll, setShowsAll] = useState(false);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = showsAll ? results : results.slice(0, firstRows);
  const stopId = [focusedId, shownId].find((id) => rows.some((row) => row.id === id)) ?? rows[0]?.id;
  return { rows, stopId, focus: setFocusedId, showAll: rows.length < results.length ? () => setShowsAll(true) : null };
}
