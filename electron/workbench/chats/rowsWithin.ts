/** Some rows, by their numbers, and their size in bytes. */
export interface RowsWithin {
  sequences: bigint[];
  size: number;
}

/** Returns the first of these rows that together have no more than so many bytes, but at least one if there is one. */
export function rowsWithin(rows: readonly Readonly<Record<string, unknown>>[], mostBytes: number): RowsWithin {
  const sequences: bigint[] = [];
  let size = 0;
  for (const { sequence, bytes } of rows) {
    const next = size + Number(bytes);
    if (next > mostBytes && sequences.length > 0) break;
    size = next;
    sequences.push(sequence as bigint);
  }
  return { sequences, size };
}
