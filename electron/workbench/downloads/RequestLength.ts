import { blockBytes } from "./BlockMap.ts";

/** The pace of a request. */
export interface RequestPace {
  /** How long this thread was idle between the request and the start of the response. */
  idleMs: number;
  bytesPerMs: number;
}

const mostBlocks = 8;
/** How many times longer a request takes than the wait for its response, so that the wait hardly matters. */
const takesToWait = 16;
const remembered = 16;

/**
 * Determines how many blocks to request at once: as few as possible, so that all connections stay close to the front
 * and the hash close behind them, but more if a server is far away or slow to respond.
 */
export class RequestLength {
  readonly #idleMs: number[] = [];

  /** Returns the number of blocks for a connection whose last request had this pace. */
  blocksAfter({ idleMs, bytesPerMs }: RequestPace): number {
    this.#idleMs.push(idleMs);
    if (this.#idleMs.length > remembered) this.#idleMs.shift();
    // Uses the shortest wait, because on a busy machine or server some waits are longer than the round trip.
    const wantedBytes = takesToWait * Math.min(...this.#idleMs) * bytesPerMs;
    return Math.min(mostBlocks, Math.max(1, Math.ceil(wantedBytes / blockBytes)));
  }
}
