import type { ReactNode } from "react";
import { useSay } from "../../texts.ts";

export interface ModelRowsProps {
  /** The id of the title, or a name of its own. */
  labelledBy?: string;
  label?: string;
  children: ReactNode;
}

/** Rows of the table, with the columns that screen readers name; `ColumnLabels` shows them. */
export function ModelRows({ labelledBy, label, children }: ModelRowsProps) {
  const say = useSay("models");
  return (
    // The arrow keys move in it, so it is a grid.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
    <table className="model-rows" role="grid" aria-labelledby={labelledBy} aria-label={label}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{say("columns.name")}</th>
          <th scope="col">{say("columns.size")}</th>
          <th scope="col">{say("columns.memoryPlain")}</th>
          <th scope="col">{say("columns.speed")}</th>
          <th scope="col">{say("columns.action")}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
