import { ArrowDown, ArrowUp } from "lucide-react";
import { useCatalog } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { nextSorting, type SortColumn, type Sorting } from "./tableOrder.ts";

export interface ColumnLabelsProps {
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
}

/** The labels of the columns, for all sections. A click sorts the rows of each. */
export function ColumnLabels({ sorting, onSort }: ColumnLabelsProps) {
  const say = useSay("models");
  const catalog = useCatalog((state) => state.catalog);
  const memory = catalog.state === "ready" ? catalog.value : null;
  const labels: { column: SortColumn; words: string; tip?: string }[] = [
    { column: "size", words: say("columns.size") },
    memory === null
      ? { column: "memory", words: say("columns.memoryPlain") }
      : {
          column: "memory",
          words: say("columns.memory", { usable: memory.usableBytes }),
          tip: say("columns.memoryHint", { total: memory.memoryBytes, usable: memory.usableBytes }),
        },
    { column: "speed", words: say("columns.speed") },
  ];
  const Arrow = sorting?.descending === true ? ArrowDown : ArrowUp;
  return (
    <div className="model-labels">
      <span />
      {labels.map(({ column, words, tip }) => (
        <button
          key={column}
          type="button"
          className={`column-label is-${column}`}
          title={tip}
          aria-pressed={sorting?.column === column}
          onClick={() => onSort(nextSorting(sorting, column))}
        >
          {sorting?.column === column && <Arrow size={12} aria-hidden />}
          <span className="clip">{words}</span>
        </button>
      ))}
      <span />
    </div>
  );
}
