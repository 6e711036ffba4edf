import type { ReactNode } from "react";

export interface TableColumn {
  name: string;
  /** Its cells are figures, aligned at their end. */
  isFigure?: boolean;
  /** What its cells are is plain from their neighbours: the name is for screen readers. */
  isNameless?: boolean;
  /** What its figures mean. */
  hint?: string;
}

export interface FigureTableProps {
  caption: string;
  /** Shown above the table; otherwise it is for screen readers. */
  showsCaption?: boolean;
  columns: readonly TableColumn[];
  /** What sets it apart from other tables, such as the widths of its columns. */
  className?: string;
  /** The rows. */
  children: ReactNode;
}

/** A table of what was measured. It scrolls sideways only where even its wrapped words have no room. */
export function FigureTable({ caption, showsCaption = false, columns, className = "", children }: FigureTableProps) {
  return (
    <div className="table-scroll">
      <table className={`figure-table ${className}`}>
        <caption className={showsCaption ? undefined : "visually-hidden"}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isFigure = false, isNameless = false, hint }, index) => (
              // Two columns may have the same name, such as the changes of two figures.
              <th key={index} scope="col" className={isFigure ? "is-figure" : undefined} title={hint}>
                {isNameless ? <span className="visually-hidden">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
