import { blockBytes } from "./BlockMap.ts";

/** How a request went. */
export interface RequestPace {
  /** How long this thread had nothing to do between asking and the answer's beginning. */
  idleMs: number;
  bytesPerMs: number;
}

const mostBlocks = 8;
/** A request takes so many times as long as the wait for its answer, which then hardly counts. */
const takesToWait = 16;
const remembered = 16;

/**
 * How many blocks to ask for at once: as few as may be, so that all connections stay near the front and the hash close
 * behind them; more where a server is far away or takes its time.
 */
export class RequestLength {
  readonly #idleMs: number[] = [];

  /** For a connection whose last request went like this. */
  blocksAfter({ idleMs, bytesPerMs }: RequestPace): number {
    this.#idleMs.push(idleMs);
    if (this.#idleMs.length > remembered) this.#idleMs.shift();
    // The least: a busy machine or server makes some answers wait, and does something else for us meanwhile.
    const wantedBytes = takesToWait * Math.min(...this.#idleMs) * bytesPerMs;
    return Math.min(mostBlocks, Math.max(1, Math.ceil(wantedBytes / blockBytes)));
  }
}
