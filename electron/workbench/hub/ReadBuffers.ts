/**
 * Where in a buffer reading begins. Processors of several makers copy between the file cache and memory at a third of
 * their speed where both sides lie at nearly the same place in a page, as fresh memory and blocks of a file do.
 */
const startBytes = 2048;
const pageBytes = 4096;
const mostKept = 64;

/** Memory to read into, off the beginning of a page. */
export function readBuffer(bytes: number): Buffer {
  return Buffer.from(new ArrayBuffer(bytes + pageBytes), startBytes, bytes);
}

/** Buffers that are read into again once what was in them is done with: fresh ones for each read keep the garbage
 * collector busy. What is never given back is collected like any other. */
export class ReadBuffers {
  readonly #bytes: number;
  readonly #free: Buffer[] = [];
  /** Bytes of each buffer that are still in use. */
  readonly #used = new WeakMap<ArrayBufferLike, { buffer: Buffer; bytes: number }>();

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  take(): Buffer {
    return this.#free.pop() ?? readBuffer(this.#bytes);
  }

  /** The first bytes of a buffer taken, as read: in use until all of them are given back, in pieces of any size. */
  filled(buffer: Buffer, bytes: number): Buffer {
    this.#used.set(buffer.buffer, { buffer, bytes });
    return buffer.subarray(0, bytes);
  }

  /** Nobody reads this piece any more. One that is not from here is ignored. */
  giveBack(piece: Buffer): void {
    const used = this.#used.get(piece.buffer);
    if (used === undefined) return;
    used.bytes -= piece.length;
    if (used.bytes > 0) return;
    this.#used.delete(piece.buffer);
    if (this.#free.length < mostKept) this.#free.push(used.buffer);
  }
}

/** Of a plain connection; the system hands over what has come since the last read. */
const plainBuffers = new ReadBuffers(256 * 1024);
/** A record of TLS holds at most so much. */
const encryptedBuffers = new ReadBuffers(16 * 1024);

/** What a connection receives into. */
export function receiveBuffers(protocol: string): ReadBuffers {
  return protocol === "https:" ? encryptedBuffers : plainBuffers;
}

/** Nobody reads this part of an answer's body any more: its memory may be received into again. */
export function giveBack(chunk: Buffer): void {
  plainBuffers.giveBack(chunk);
  encryptedBuffers.giveBack(chunk);
}
