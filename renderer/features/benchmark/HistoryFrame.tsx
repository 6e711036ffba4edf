import type { ReactNode } from "react";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { useSay } from "../../texts.ts";

interface HistoryFrameProps {
  caption: string;
  /** The name of the second figure, beside the speed of writing. */
  second: string;
  count: number;
  /** See `HistoryRows`. */
  showAll: (() => void) | null;
  /** The rows. */
  children: ReactNode;
}

/** The table of a history: when and what was measured, two figures with their changes, and the conditions. */
export function HistoryFrame({ caption, second, count, showAll, children }: HistoryFrameProps) {
  const say = useSay("benchmark");
  return (
    <>
      <FigureTable
        className="has-second-line history-table"
        caption={caption}
        columns={[
          { name: say("history.measured") },
          { name: say("history.model") },
          { name: say("history.writing"), isFigure: true },
          { name: say("history.change"), isFigure: true, isNameless: true },
          { name: second, isFigure: true },
          { name: say("history.change"), isFigure: true, isNameless: true },
          { name: say("history.conditions") },
        ]}
      >
        {children}
      </FigureTable>
      {showAll !== null && (
        <button type="button" className="text-button" onClick={showAll}>
          {say("history.showAll", { count })}
        </button>
      )}
    </>
  );
}
