import type { PageFile } from "./PageFile.ts";

/** A value as the store's own reading returns it, with integers as bigints. */
export type Value = string | bigint | number | Uint8Array | null;

/** A row of a table, with its number, or an entry of an index. */
export interface FoundRecord {
  kind: "row" | "entry";
  rowId: bigint;
  values: Value[];
}

/** What a page can hold, by its first byte. */
const kinds = { innerIndex: 2, innerTable: 5, index: 10, table: 13 } as const;

/** Larger than any message that can be sent. */
const mostPayloadBytes = 200_000_000;

/** What the pages were found to be. */
export interface PageTally {
  /** Pages that hold neither rows nor an index nor the rest of a long row. */
  unreadable: number;
}

/** Returns all rows and index entries on the pages of a file, whatever leads to those pages. Never throws. */
export function* readRecords(file: PageFile, tally: PageTally): Generator<FoundRecord> {
  const rests = new Set<number>();
  const odd: number[] = [];
  for (let number = 1; number <= file.pageCount; number++) {
    const page = file.page(number);
    const start = number === 1 ? 100 : 0;
    const kind = page[start];
    if (kind === kinds.table || kind === kinds.index || kind === kinds.innerIndex) {
      yield* readPage(file, page, start, kind, rests);
    } else if (kind !== kinds.innerTable) odd.push(number);
  }
  tally.unreadable = Math.max(0, odd.filter((number) => !rests.has(number)).length - file.unusedPages);
}

function* readPage(
  file: PageFile,
  page: Buffer,
  start: number,
  kind: number,
  rests: Set<number>,
): Generator<FoundRecord> {
  const cells = page.readUInt16BE(start + 3);
  const pointers = start + (kind === kinds.innerIndex ? 12 : 8);
  for (let index = 0; index < cells && pointers + 2 * index + 2 <= page.length; index++) {
    try {
      const record = readCell(file, page, page.readUInt16BE(pointers + 2 * index), kind, rests);
      if (record !== null) yield record;
    } catch {
      // The cell leads out of the page, or its record out of the cell.
    }
  }
}

function readCell(file: PageFile, page: Buffer, at: number, kind: number, rests: Set<number>): FoundRecord | null {
  let place = kind === kinds.innerIndex ? at + 4 : at;
  const [size, sizeBytes] = varint(page, place);
  place += sizeBytes;
  const isRow = kind === kinds.table;
  const [rowId, rowIdBytes] = isRow ? varint(page, place) : [0n, 0];
  place += rowIdBytes;
  if (size > BigInt(mostPayloadBytes) || size < 2n) return null;
  const payload = readPayload(file, page, place, Number(size), isRow, rests);
  return payload === null
    ? null
    : { kind: isRow ? "row" : "entry", rowId: BigInt.asIntN(64, rowId), values: valuesOf(payload) };
}

/** Returns what a cell holds, also on the pages that a long one goes on; null if one of these is missing. */
function readPayload(
  file: PageFile,
  page: Buffer,
  at: number,
  size: number,
  isRow: boolean,
  rests: Set<number>,
): Buffer | null {
  const usable = page.length;
  const most = isRow ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= most) return at + size <= usable ? page.subarray(at, at + size) : null;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  const here = fitting <= most ? fitting : least;
  if (at + here + 4 > usable) return null;
  const parts = [page.subarray(at, at + here)];
  let next = page.readUInt32BE(at + here);
  for (let left = size - here; left > 0; left -= usable - 4) {
    if (next < 2 || next > file.pageCount) return null;
    rests.add(next);
    const rest = file.page(next);
    parts.push(rest.subarray(4, 4 + Math.min(left, usable - 4)));
    next = rest.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function valuesOf(payload: Buffer): Value[] {
  const [headerSize, first] = varint(payload, 0);
  const end = Number(headerSize);
  if (end > payload.length) throw new RangeError("the record has no end");
  const values: Value[] = [];
  let body = end;
  for (let at = first; at < end; ) {
    const [type, length] = varint(payload, at);
    at += length;
    const [value, bytes] = valueOf(payload, body, Number(type));
    values.push(value);
    body += bytes;
  }
  return values;
}

const integerBytes = [0, 1, 2, 3, 4, 6, 8] as const;

function valueOf(payload: Buffer, at: number, type: number): [value: Value, bytes: number] {
  if (type === 0) return [null, 0];
  if (type === 8 || type === 9) return [BigInt(type - 8), 0];
  if (type === 7) return [payload.readDoubleBE(at), 8];
  const bytes = type >= 12 ? (type - 12 - (type % 2)) / 2 : integerBytes[type];
  if (bytes === undefined || at + bytes > payload.length) throw new RangeError("the value has no end");
  const part = payload.subarray(at, at + bytes);
  if (type >= 12) return [type % 2 === 1 ? part.toString("utf8") : Uint8Array.from(part), bytes];
  return [BigInt.asIntN(bytes * 8, BigInt(`0x${part.toString("hex")}`)), bytes];
}

/** Returns an integer of one to nine bytes, and how many. */
function varint(bytes: Buffer, at: number): [value: bigint, length: number] {
  let value = 0n;
  for (let length = 1; length <= 9; length++) {
    const byte = bytes.readUInt8(at + length - 1);
    if (length === 9) return [(value << 8n) | BigInt(byte), 9];
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return [value, length];
  }
  return [value, 9];
}
