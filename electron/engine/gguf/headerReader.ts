import type { FileHandle } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import { damagedHeader } from "./damagedHeader.ts";

/** Far more than any real header: the largest known vocabularies take about 20 MB. */
const maxHeaderBytes = 256 * 1024 * 1024;
const maxStringBytes = 64 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

/**
 * Reads a header sequentially in pieces. Callers call `fetch` before they take bytes. It checks the end of the file and
 * the header limit, so no stated length can cause a larger allocation.
 */
export class HeaderReader {
  readonly #file: FileHandle;
  readonly #fileBytes: number;
  #piece: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #cursor = 0;
  #pieceOffset = 0;

  constructor(file: FileHandle, fileBytes: number) {
    this.#file = file;
    this.#fileBytes = fileBytes;
  }

  /** Number of bytes read so far, from the start of the file. */
  get offset(): number {
    return this.#pieceOffset + this.#cursor;
  }

  has(bytes: number): boolean {
    return this.#piece.length - this.#cursor >= bytes;
  }

  /** Makes the next bytes available. Rejects with `model-truncated` or `model-header-invalid`. */
  async fetch(bytes: number): Promise<void> {
    if (this.has(bytes)) return;
    this.#checkAhead(bytes);
    const rest = this.#piece.subarray(this.#cursor);
    const start = this.offset;
    const wanted = Math.min(Math.max(bytes, pieceBytes), this.#fileBytes - start);
    const piece = Buffer.allocUnsafe(wanted);
    rest.copy(piece);
    let filled = rest.length;
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(piece, filled, wanted - filled, start + filled);
      if (bytesRead === 0) throw endsInHeader(this.#fileBytes);
      filled += bytesRead;
    }
    this.#piece = piece;
    this.#pieceOffset = start;
    this.#cursor = 0;
  }

  /** Skips bytes without reading them. */
  skip(bytes: number): void {
    if (!this.has(bytes)) this.#checkAhead(bytes);
    this.#cursor += bytes;
    if (this.#cursor <= this.#piece.length) return;
    this.#pieceOffset = this.offset;
    this.#piece = Buffer.alloc(0);
    this.#cursor = 0;
  }

  take(bytes: number): Buffer {
    const taken = this.#piece.subarray(this.#cursor, this.#cursor + bytes);
    this.#cursor += bytes;
    return taken;
  }

  takeUint32(): number {
    return this.take(4).readUInt32LE();
  }

  /**
   * Returns a 64-bit count or size, or null if it exceeds the integers that a number represents exactly, which no valid
   * file has.
   */
  takeCount(): number | null {
    const value = this.take(8).readBigUInt64LE();
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
  }

  /** Resolves with the bytes of a string, valid until the next call. `what` names it in the error. */
  async string(what: string, maxBytes = maxStringBytes): Promise<Buffer> {
    const length = await this.#stringLength(what, maxBytes);
    if (!this.has(length)) await this.fetch(length);
    return this.take(length);
  }

  /** Skips a string, with the same limits. */
  async skipString(what: string): Promise<void> {
    this.skip(await this.#stringLength(what, maxStringBytes));
  }

  async #stringLength(what: string, maxBytes: number): Promise<number> {
    if (!this.has(8)) await this.fetch(8);
    const length = this.takeCount();
    if (length === null || length > maxBytes) throw damagedHeader(`${what} has an impossible length`);
    return length;
  }

  #checkAhead(bytes: number): void {
    const end = this.offset + bytes;
    if (end > this.#fileBytes) throw endsInHeader(this.#fileBytes);
    if (end > maxHeaderBytes) throw damagedHeader("it is larger than 256 MB");
  }
}

function endsInHeader(fileBytes: number): WorkbenchError {
  return new WorkbenchError("model-truncated", { case: "header" }, `after ${fileBytes} bytes`);
}
