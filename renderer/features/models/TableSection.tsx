import { Children, type ReactNode, useId } from "react";
import { ModelRows } from "./ModelRows.tsx";

export interface TableSectionProps {
  title: string;
  /** Quiet facts or fields beside the title. */
  note?: ReactNode;
  /** Between the title and the rows. */
  lead?: ReactNode;
  /** Rows. Left out: the section has none now. */
  children?: ReactNode;
  /** Shown below the rows. */
  foot?: ReactNode;
}

/** A table without rows would be nothing but a stop for screen readers. */
const hasRows = (children: ReactNode): boolean => Children.toArray(children).length > 0;

/** One part of the table. Its title takes its turn in the line of the column labels. */
export function TableSection({ title, note, lead, children, foot }: TableSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="model-section">
      <div className="model-section-head">
        <h2 id={id}>{title}</h2>
        {note}
      </div>
      {lead}
      {hasRows(children) && <ModelRows labelledBy={id}>{children}</ModelRows>}
      {foot}
    </section>
  );
}
