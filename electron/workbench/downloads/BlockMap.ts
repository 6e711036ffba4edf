/** What is fetched again where it turns out bad; a receipt tells how much of one there is. */
export const blockBytes = 8 * 1024 * 1024;

interface Block {
  /** Good bytes from the block's start. */
  received: number;
  /** CRC-32 of those bytes. */
  crc: number;
  /** Written in this run, or read again and found right. */
  checked: boolean;
}

/** Which bytes of a file are there, by block. */
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

  /** Blocks that are not whole yet. */
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

  /** What is there of a block now. Answers the change in bytes. */
  set(index: number, block: Block): number {
    const before = this.block(index);
    const change = block.received - before.received;
    this.#done += Number(block.received === this.length(index)) - Number(this.isDone(index));
    this.#received += change;
    this.#blocks[index] = block;
    return change;
  }

  /** The block turned out bad. Answers the change in bytes, which is negative. */
  reset(index: number): number {
    return this.set(index, { received: 0, crc: 0, checked: true });
  }
}
