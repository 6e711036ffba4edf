import type { Element } from "hast";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { cloneElement, type ComponentProps, isValidElement, type ReactNode, use, useMemo, useState } from "react";
import { useSay, useTexts } from "../../../texts.ts";
import { CopyTextButton } from "../../../parts/CopyTextButton.tsx";
import { AskedContext } from "./Citation.tsx";
import { type SortOrder, sortRows } from "./sortRows.ts";
import { cellText, tableCells } from "./tableCells.ts";
import { tableCsv, tableTsv } from "./tableText.ts";

export interface TableProps {
  node: Element;
  dir: "ltr" | "rtl" | undefined;
  draw: (cell: Element, key: number) => ReactNode;
}

interface Sorting {
  column: number;
  order: SortOrder;
}

/** A table of an answer. Its rows can be sorted by a column, and copied as they are shown. On paper, it has no buttons. */
export function Table({ node, dir, draw }: TableProps) {
  const say = useSay("chats");
  const { language } = useTexts();
  const isInReply = use(AskedContext) !== null;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const { head, rows } = tableCells(node);
  const shown = useMemo(() => {
    if (sorting === null) return null;
    const column = rows.map((cells) => textAt(cells, sorting.column));
    return sortRows(column, sorting.order, language);
    // The rows are new objects whenever the node is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [node, sorting, language]);
  const order = shown ?? rows.map((_, index) => index);
  const texts = (): string[][] => [head.map(cellText), ...order.map((index) => (rows[index] ?? []).map(cellText))];
  const canSort = isInReply && rows.length > 1;
  return (
    <figure className="table">
      <div className="table-scroll">
        <table dir={dir}>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <HeadCell
                  key={column}
                  cell={cell}
                  drawn={draw(cell, column)}
                  order={sorting?.column === column ? sorting.order : null}
                  onSort={canSort ? () => setSorting(next(sorting, column)) : null}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((index) => (
              <tr key={index}>{(rows[index] ?? []).map((cell, column) => draw(cell, column))}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {isInReply && (
        <figcaption className="table-actions">
          <CopyTextButton label={say("table.copyCsv")} text={() => tableCsv(texts())} />
          <CopyTextButton label={say("table.copyCells")} text={() => tableTsv(texts())} />
        </figcaption>
      )}
    </figure>
  );
}

const textAt = (cells: readonly Element[], column: number): string => {
  const cell = cells[column];
  return cell === undefined ? "" : cellText(cell);
};

/** First ascending, then descending, then as the model wrote it. */
function next(sorting: Sorting | null, column: number): Sorting | null {
  if (sorting?.column !== column) return { column, order: "ascending" };
  return sorting.order === "ascending" ? { column, order: "descending" } : null;
}

interface HeadCellProps {
  cell: Element;
  drawn: ReactNode;
  order: SortOrder | null;
  /** Null where the rows cannot be sorted. */
  onSort: (() => void) | null;
}

/** The name of a column, which sorts by it. If more than words is in it, a button beside it does. */
function HeadCell({ cell, drawn, order, onSort }: HeadCellProps) {
  const say = useSay("chats");
  if (onSort === null || !isValidElement<ComponentProps<"th">>(drawn)) return drawn;
  const name = cellText(cell).trim();
  const isWords = name !== "" && cell.children.every(({ type }) => type === "text");
  const Icon = order === null ? ChevronsUpDown : order === "ascending" ? ArrowUp : ArrowDown;
  const button = (
    <button
      type="button"
      className="table-sort"
      title={say("table.sort")}
      aria-label={isWords ? undefined : say("table.sort")}
      onClick={onSort}
    >
      {isWords && name}
      <Icon size={12} aria-hidden />
    </button>
  );
  const aria = { "aria-sort": order ?? undefined };
  return isWords ? cloneElement(drawn, aria, button) : cloneElement(drawn, aria, drawn.props.children, " ", button);
}
