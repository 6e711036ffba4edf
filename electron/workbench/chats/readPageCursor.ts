import { WorkbenchError } from "../../contract/errors.ts";

const largest = 2n ** 63n - 1n;

/** Returns the values after which a page of chats begins. Null begins at the first. Throws `input-invalid`. */
export function readPageCursor(cursor: string | null): [pinned: bigint, updatedAt: bigint, sequence: bigint] {
  if (cursor === null) return [largest, largest, largest];
  const [, pinned, updatedAt, sequence] = /^(-?\d{1,19})\.(-?\d{1,19})\.(-?\d{1,19})$/.exec(cursor) ?? [];
  return [readRowNumber(pinned), readRowNumber(updatedAt), readRowNumber(sequence)];
}

/** Returns the row number in a cursor. Null stands for a number above all others. Throws `input-invalid`. */
export function readRowNumber(text: string | null | undefined): bigint {
  if (text === null) return largest;
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) throw new WorkbenchError("input-invalid");
  return BigInt.asIntN(64, BigInt(text));
}
