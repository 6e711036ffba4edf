/** The columns that the table can be sorted by. */
export type SortColumn = "name" | "size" | "memory" | "speed";

export interface Sorting {
  column: SortColumn;
  descending: boolean;
}

/** What a row is sorted and found by. Null: not known. */
export interface RowKeys {
  name: string;
  /** Everything that the filter looks at besides the name. */
  words: string;
  size: number | null;
  memory: number | null;
  speed: number | null;
}

/** Returns the sorting after a click on a column's label: first the usual direction, then the other, then none. */
export function nextSorting(sorting: Sorting | null, column: SortColumn): Sorting | null {
  // Names from A, sizes from the smallest, speeds from the fastest.
  const usual: Sorting = { column, descending: column === "speed" };
  if (sorting?.column !== column) return usual;
  return sorting.descending === usual.descending ? { column, descending: !usual.descending } : null;
}

/** Returns the rows in which all words of the filter occur, sorted; rows without a value come last either way. */
export function tableOrder<Row>(
  rows: readonly Row[],
  keysOf: (row: Row) => RowKeys,
  filter: string,
  sorting: Sorting | null,
): Row[] {
  const wanted = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const { name, words } = keysOf(row);
    const text = `${name} ${words}`.toLocaleLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  if (sorting === null) return found;
  const { column, descending } = sorting;
  const direction = descending ? -1 : 1;
  return found.toSorted((a, b) => {
    const [one, other] = [keysOf(a)[column], keysOf(b)[column]];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    if (typeof one === "string" || typeof other === "string") {
      return direction * String(one).localeCompare(String(other), undefined, { numeric: true });
    }
    return direction * (one - other);
  });
}
