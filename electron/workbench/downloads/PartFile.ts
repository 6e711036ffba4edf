import { constants, writevSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "../home/makeFolder.ts";
import { readOwnFile } from "../home/readOwnFile.ts";
import { crc32 } from "./crc32.ts";
import { BlockMap } from "./BlockMap.ts";

/** So many written bytes are left to the system at most; a slow disk would else hold up the end by many seconds. */
const unsyncedBytes = 128 * 1024 * 1024;
/** Ten receipts for each block of the largest file. */
const maxJournalBytes = 200_000_000;
/** Creates the file if needed; does not follow links or wait at pipes. Windows has neither of the last two flags. */
const ours = constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const receiptLine = /^(\d+) (\d+) ([0-9a-f]{1,8})$/;

/**
 * A file being fetched: its bytes, and beside them a journal of receipts, `block bytes crc32`, each
 * written once its bytes are. The last line for a block counts; a torn last line counts nothing. CRC-32 tells whether
 * the disk kept what was written; whether it is the right file, its SHA-256 tells.
 */
export class PartFile {
  readonly map: BlockMap;
  readonly #data: FileHandle;
  readonly #receipts: FileHandle;
  /** Whether the journal may end in half a line. */
  #isTorn: boolean;
  #unsynced = 0;
  #isSyncing = false;
  /** The system tells a failed sync once: the first failure is kept for `sync`. */
  #syncing: Promise<void> = Promise.resolve();

  private constructor(map: BlockMap, data: FileHandle, receipts: FileHandle, isTorn: boolean) {
    this.map = map;
    this.#data = data;
    this.#receipts = receipts;
    this.#isTorn = isTorn;
  }

  /** Opens or begins a part. What an earlier run left counts as received until it is read again. */
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

  /** Of the open data file. */
  get fd(): number {
    return this.#data.fd;
  }

  /**
   * Writes buffers one after another, at once: what was just received still lies in this core's cache, and the thread
   * has nothing else to do. Fails with the file system's error.
   */
  write(position: number, buffers: readonly Buffer[]): void {
    this.#unsynced += writeWhole(this.#data.fd, buffers, position);
    if (this.#unsynced >= unsyncedBytes) this.#syncBehind();
  }

  /** Notes what is there of a block, after its bytes were written. Answers the change in bytes. */
  receipt(index: number, received: number, crc: number): number {
    const change = this.map.set(index, { received, crc, checked: true });
    this.#append(`${index} ${received} ${crc.toString(16)}\n`);
    // Nothing more is written, but the hash has its end to reach.
    if (this.map.isComplete) this.#syncBehind();
    return change;
  }

  /** Forgets a block that turned out bad. Answers the change in bytes. */
  forget(index: number): number {
    const change = this.map.reset(index);
    this.#append(`${index} 0 0\n`);
    return change;
  }

  /** Reads what is there of a block into `buffer`, from its start. */
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

  /** Whether a block still is as its receipt says; true for what was written in this run. */
  async isAsReceived(index: number, buffer: Buffer, always = false): Promise<boolean> {
    const block = this.map.block(index);
    if (block.checked && !always) return true;
    const bytes = await this.read(index, buffer);
    if (bytes.length !== block.received || crc32(bytes) !== block.crc) return false;
    this.map.set(index, { ...block, checked: true });
    return true;
  }

  /** All bytes are on the disk afterwards, not only with the system. */
  async sync(): Promise<void> {
    await this.#syncing;
    await this.#data.truncate(this.map.sizeBytes);
    await this.#data.sync();
  }

  async close(): Promise<void> {
    await this.#syncing.catch(() => undefined);
    await Promise.all([this.#data.close(), this.#receipts.close()]);
  }

  /** Brings to the disk what is written, while more is being fetched. */
  #syncBehind(): void {
    if (this.#isSyncing) return;
    this.#unsynced = 0;
    this.#isSyncing = true;
    this.#syncing = this.#syncing.then(() => this.#data.datasync()).finally(() => (this.#isSyncing = false));
    this.#syncing.catch(() => undefined);
  }

  /** A torn line must not join the next one; a full disk can tear one. */
  #append(line: string): void {
    const bytes = Buffer.from(this.#isTorn ? `\n${line}` : line);
    this.#isTorn = true;
    writeWhole(this.#receipts.fd, [bytes]);
    this.#isTorn = false;
  }
}

/** What is there of a part, by its journal, which may end in half a line. */
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

/** A short write is gone on with. Answers the bytes. Without a position: where the file is appended to. */
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
