import { columns } from "./columns.ts";

/** Returns a line for each label and its value. A value with line feeds must not look like another row. */
export const labelled = (rows: readonly (readonly [label: string, value: string])[]): string =>
  columns(
    rows.map(([label, value]) => [label, value.replaceAll(/\s+/g, " ")]),
    "",
    Number.POSITIVE_INFINITY,
  );
