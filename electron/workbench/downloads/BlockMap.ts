/** The unit that is fetched again if it is corrupt. A receipt records how much of a block has been received. */
export const blockBytes = 8 * 1024 * 1024;

interface Block {
  /** Number of valid bytes from the start of the block. */
  received: number;
  /** CRC-32 of those bytes. */
  crc: number;
  /** True if the bytes were written in this run, or read again and found correct. */
  checked: boolean;
}

/** Tracks by block which bytes of a file have been received. */
export class BlockMap {
  readonly sizeBytes: number;
  readonly count: number;
  readonly #blocks: Block[];
  #received = 0;
  #done = 0;

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes;
    this.count = Math.ceil(sizeBytes / blockBytes);
    this.#blocks = Array.from({ length: this.count }, () => ({ received: 0, crc: 0, checked: true }));
  }

  get receivedBytes(): number {
    return this.#received;
  }

  /** Number of blocks that are not complete yet. */
  get missing(): number {
    return this.count - this.#done;
  }

  get isComplete(): boolean {
    return this.missing === 0;
  }

  start(index: number): number {
    return index * blockBytes;
  }

  length(index: number): number {
    return Math.min(blockBytes, this.sizeBytes - index * blockBytes);
  }

  block(index: number): Readonly<Block> {
    const block = this.#blocks[index];
    if (block === undefined) throw new RangeError(`There is no block ${index} of ${this.count}.`);
    return block;
  }

  isDone(index: number): boolean {
    return this.block(index).received === this.length(index);
  }

  /** Sets what has been received of a block. Returns the change in bytes. */
  set(index: number, block: Block): number {
    const before = this.block(index);
    const change = block.received - before.received;
    this.#done += Number(block.received === this.length(index)) - Number(this.isDone(index));
    this.#received += change;
    this.#blocks[index] = block;
    return change;
  }

  /** Marks a corrupt block as missing. Returns the change in bytes, which is negative. */
  reset(index: number): number {
    return this.set(index, { received: 0, crc: 0, checked: true });
  }
}
