import stringWidth from "string-width";

/** Returns rows as lines with aligned columns: the first one to the left, the others, which are figures, to the right. */
export function alignedTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => stringWidth(row[at] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const space = " ".repeat((widths[at] ?? 0) - stringWidth(cell));
        return at === 0 ? cell + space : space + cell;
      })
      .join("  "),
  );
}
