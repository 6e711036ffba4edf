import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { decryptPage } from "../../sqlite/decryptPage.ts";
import type { StoreKey } from "../../sqlite/StoreKey.ts";

const magic = "SQLite format 3\0";
const usualPageSize = 4096;
const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/**
 * The pages of a damaged SQLite database, with what its write-ahead log adds to them, read without SQLite. The format is
 * described at sqlite.org/fileformat2.html. Nothing is written, and any content is accepted.
 */
export class PageFile {
  readonly pageSize: number;
  /** How many pages there are, in the file or in its log. */
  readonly pageCount: number;
  /** Whether the first page names itself, and the file has all the pages that it should have. */
  readonly isWhole: boolean;
  /** How many pages are unused, as far as the first page says so. */
  readonly unusedPages: number;
  readonly #file: number;
  readonly #key: StoreKey | null;
  readonly #log: number | null;
  /** Where the newest committed copy of a page is in the log. */
  readonly #logged = new Map<number, number>();

  /** `key` is the one of an encrypted database. Throws the file system's error. */
  constructor(path: string, key: StoreKey | null = null) {
    this.#key = key;
    this.#file = openSync(path, "r");
    this.#log = openIfThere(`${path}-wal`);
    const header = read(this.#file, 0, 100);
    const logHeader = this.#log === null ? Buffer.alloc(0) : read(this.#log, 0, walHeaderBytes);
    const isNamed = header.toString("latin1", 0, 16) === magic;
    // Of an encrypted one, the page size is as it would be, but not the name.
    const inHeader = header.length === 100 && (isNamed || key !== null) ? header.readUInt16BE(16) : 0;
    this.pageSize =
      [inHeader === 1 ? 65_536 : inHeader, sizeInLog(logHeader), usualPageSize].find(isPageSize) ?? usualPageSize;
    const logged = this.#log === null ? 0 : this.#readLog(this.#log, logHeader);
    this.pageCount = Math.max(Math.ceil(fstatSync(this.#file).size / this.pageSize), logged);
    const first = this.page(1);
    const isFirstNamed = first.toString("latin1", 0, 16) === magic;
    this.isWhole = isFirstNamed && this.pageCount >= first.readUInt32BE(28);
    this.unusedPages = isFirstNamed ? first.readUInt32BE(36) : 0;
  }

  /** Returns a page, filled with zeros where the file ends before it. */
  page(number: number): Buffer {
    const inLog = this.#logged.get(number);
    const found =
      inLog === undefined || this.#log === null
        ? read(this.#file, (number - 1) * this.pageSize, this.pageSize)
        : read(this.#log, inLog, this.pageSize);
    if (found.length < this.pageSize) return Buffer.concat([found], this.pageSize);
    return this.#key === null ? found : decryptPage(found, number, this.#key);
  }

  close(): void {
    closeSync(this.#file);
    if (this.#log !== null) closeSync(this.#log);
  }

  /** Finds the frames up to the last commit, as SQLite does. Returns the size in pages that this commit says. */
  #readLog(log: number, header: Buffer): number {
    if (sizeInLog(header) !== this.pageSize) return 0;
    const isBig = header.readUInt32BE(0) === 0x377f0683;
    let sums = checksum(header.subarray(0, 24), isBig, [0, 0]);
    if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return 0;
    const salts = header.subarray(16, 24);
    const pending = new Map<number, number>();
    let size = 0;
    for (let at = walHeaderBytes; ; at += frameHeaderBytes + this.pageSize) {
      const frame = read(log, at, frameHeaderBytes + this.pageSize);
      if (frame.length < frameHeaderBytes + this.pageSize || !frame.subarray(8, 16).equals(salts)) return size;
      sums = checksum(frame.subarray(0, 8), isBig, sums);
      sums = checksum(frame.subarray(frameHeaderBytes), isBig, sums);
      if (sums[0] !== frame.readUInt32BE(16) || sums[1] !== frame.readUInt32BE(20)) return size;
      pending.set(frame.readUInt32BE(0), at + frameHeaderBytes);
      const committed = frame.readUInt32BE(4);
      if (committed === 0) continue;
      size = committed;
      for (const [page, place] of pending) this.#logged.set(page, place);
      pending.clear();
    }
  }
}

const isPageSize = (size: number): boolean => size >= 512 && size <= 65_536 && (size & (size - 1)) === 0;

function sizeInLog(header: Buffer): number {
  if (header.length < walHeaderBytes || (header.readUInt32BE(0) & 0xfffffffe) >>> 0 !== 0x377f0682) return 0;
  const size = header.readUInt32BE(8);
  return isPageSize(size) ? size : 0;
}

function checksum(bytes: Buffer, isBig: boolean, from: readonly [number, number]): [number, number] {
  let [one, two] = from;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + two) >>> 0;
    two = (two + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0;
  }
  return [one, two];
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch {
    return null;
  }
}

function read(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}
