import { constants, writevSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "../home/makeFolder.ts";
import { readOwnFile } from "../home/readOwnFile.ts";
import { crc32 } from "./crc32.ts";
import { BlockMap } from "./BlockMap.ts";

/** The maximum number of written but unsynced bytes. With more, a slow disk would delay the end by many seconds. */
const unsyncedBytes = 128 * 1024 * 1024;
/** Enough for ten receipts for each block of the largest file. */
const maxJournalBytes = 200_000_000;
/** Creates the file if needed. Does not follow links or block on pipes. Windows has neither of the last two flags. */
const ours = constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const receiptLine = /^(\d+) (\d+) ([0-9a-f]{1,8})$/;

/**
 * A file that is being fetched: its bytes, and next to them a journal of receipts, `block bytes crc32`, each written
 * after its bytes. The last line for a block counts, and an incomplete last line is ignored. CRC-32 detects whether the
 * disk kept what was written; SHA-256 whether it is the right file.
 */
export class PartFile {
  readonly map: BlockMap;
  readonly #data: FileHandle;
  readonly #receipts: FileHandle;
  /** Whether the journal may end with an incomplete line. */
  #isTorn: boolean;
  #unsynced = 0;
  #isSyncing = false;
  /** The system reports a failed sync only once, so the first failure is kept for `sync`. */
  #syncing: Promise<void> = Promise.resolve();

  private constructor(map: BlockMap, data: FileHandle, receipts: FileHandle, isTorn: boolean) {
    this.map = map;
    this.#data = data;
    this.#receipts = receipts;
    this.#isTorn = isTorn;
  }

  /** Opens or creates a part. What an earlier run left counts as received until it is read again. */
  static async open(path: string, sizeBytes: number): Promise<PartFile> {
    await makeFolder(dirname(path));
    const { map, isTorn } = await readReceipts(path, sizeBytes);
    const data = await open(path, constants.O_RDWR | ours, 0o600);
    try {
      const receipts = await open(`${path}.receipts`, constants.O_WRONLY | constants.O_APPEND | ours, 0o600);
      return new PartFile(map, data, receipts, isTorn);
    } catch (error) {
      await data.close();
      throw error;
    }
  }

  /** File descriptor of the open data file. */
  get fd(): number {
    return this.#data.fd;
  }

  /**
   * Writes buffers one after another, synchronously: the data is still in this core's cache, and the thread has nothing
   * else to do. Throws the file system's error.
   */
  write(position: number, buffers: readonly Buffer[]): void {
    this.#unsynced += writeWhole(this.#data.fd, buffers, position);
    if (this.#unsynced >= unsyncedBytes) this.#syncBehind();
  }

  /** Records what has been received of a block, after its bytes were written. Returns the change in bytes. */
  receipt(index: number, received: number, crc: number): number {
    const change = this.map.set(index, { received, crc, checked: true });
    this.#append(`${index} ${received} ${crc.toString(16)}\n`);
    // Nothing more will be written, so sync while the hash is still being completed.
    if (this.map.isComplete) this.#syncBehind();
    return change;
  }

  /** Discards a corrupt block. Returns the change in bytes. */
  forget(index: number): number {
    const change = this.map.reset(index);
    this.#append(`${index} 0 0\n`);
    return change;
  }

  /** Reads the received bytes of a block into the start of `buffer`. */
  async read(index: number, buffer: Buffer): Promise<Buffer> {
    const { received } = this.map.block(index);
    let filled = 0;
    while (filled < received) {
      const { bytesRead } = await this.#data.read(buffer, filled, received - filled, this.map.start(index) + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  /**
   * Resolves with whether a block still matches its receipt. Always true for data written in this run, unless `always`.
   */
  async isAsReceived(index: number, buffer: Buffer, always = false): Promise<boolean> {
    const block = this.map.block(index);
    if (block.checked && !always) return true;
    const bytes = await this.read(index, buffer);
    if (bytes.length !== block.received || crc32(bytes) !== block.crc) return false;
    this.map.set(index, { ...block, checked: true });
    return true;
  }

  /** Resolves once all bytes are on the disk, not only in the system's cache. */
  async sync(): Promise<void> {
    await this.#syncing;
    await this.#data.truncate(this.map.sizeBytes);
    await this.#data.sync();
  }

  async close(): Promise<void> {
    await this.#syncing.catch(() => undefined);
    await Promise.all([this.#data.close(), this.#receipts.close()]);
  }

  /** Syncs written data to the disk while more is being fetched. */
  #syncBehind(): void {
    if (this.#isSyncing) return;
    this.#unsynced = 0;
    this.#isSyncing = true;
    this.#syncing = this.#syncing.then(() => this.#data.datasync()).finally(() => (this.#isSyncing = false));
    this.#syncing.catch(() => undefined);
  }

  /** Appends a line. An incomplete line, such as one cut off by a full disk, must not be joined with it. */
  #append(line: string): void {
    const bytes = Buffer.from(this.#isTorn ? `\n${line}` : line);
    this.#isTorn = true;
    writeWhole(this.#receipts.fd, [bytes]);
    this.#isTorn = false;
  }
}

/** Resolves with what has been received of a part according to its journal, which may end with an incomplete line. */
export async function readReceipts(path: string, sizeBytes: number): Promise<{ map: BlockMap; isTorn: boolean }> {
  const map = new BlockMap(sizeBytes);
  const kept = await readOwnFile(`${path}.receipts`, maxJournalBytes);
  const journal = kept.state === "read" ? kept.text : "";
  const whole = journal.slice(0, journal.lastIndexOf("\n") + 1);
  for (const line of whole.split("\n")) {
    const [, index, received, crc] = receiptLine.exec(line) ?? [];
    if (index === undefined || Number(index) >= map.count || Number(received) > map.length(Number(index))) continue;
    const there = { received: Number(received), crc: Number.parseInt(crc ?? "", 16), checked: false };
    map.set(Number(index), there.received === 0 ? { received: 0, crc: 0, checked: true } : there);
  }
  return { map, isTorn: whole.length < journal.length };
}

/** Writes all buffers, continuing after short writes. Returns the number of bytes. Without a position, appends. */
function writeWhole(fd: number, buffers: readonly Buffer[], position?: number): number {
  let rest = buffers;
  let bytes = 0;
  while (rest.length > 0) {
    const bytesWritten = writevSync(fd, rest, position === undefined ? undefined : position + bytes);
    bytes += bytesWritten;
    rest = dropBytes(rest, bytesWritten);
    if (bytesWritten === 0 && rest.length > 0)
      throw Object.assign(new Error("nothing was written"), { code: "ENOSPC" });
  }
  return bytes;
}

function dropBytes(buffers: readonly Buffer[], bytes: number): Buffer[] {
  const rest: Buffer[] = [];
  let drop = bytes;
  for (const buffer of buffers) {
    if (drop >= buffer.length) drop -= buffer.length;
    else {
      rest.push(drop > 0 ? buffer.subarray(drop) : buffer);
      drop = 0;
    }
  }
  return rest;
}
