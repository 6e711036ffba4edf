/** Joins the pieces of a line or an object. Of one that is longer than `mostBytes`, nothing is kept. */
export class BoundedBytes {
  readonly #mostBytes: number;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > this.#mostBytes) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** Returns what was added since the last time, or null if that is too long. */
  take(): Buffer | null {
    const bytes = this.#length > this.#mostBytes ? null : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return bytes;
  }
}
