import type { BlockMap } from "./BlockMap.ts";

/** Blocks that one connection fetches in one request, from `next` up to but not including `end`. */
export interface Span {
  /** The block that is being fetched. */
  next: number;
  /** Decreases when another connection takes over the tail. */
  end: number;
}

/** Requests get shorter towards the end, so that the hash is close behind when the last byte arrives. */
const sharesOfRest = 8;
/** A tail is taken over if it would take at least this long. Data that is already in transit is wasted. */
const worthTakingMs = 1000;
/** Before this, the speed of a connection is not known. */
const pacedAfterMs = 500;

/** The state of a span when its connection took it. */
interface Start {
  at: number;
  position: number;
}

/** Assigns missing blocks to connections, lowest first, so that the hash of the file can follow closely. */
export class SpanPlan {
  readonly #map: BlockMap;
  readonly #active = new Map<Span, Start>();
  readonly #waiting = new Set<Span>();
  #wake: () => void = () => undefined;
  #changed: Promise<void>;

  constructor(map: BlockMap) {
    this.#map = map;
    this.#changed = this.#nextChange();
  }

  /**
   * Returns the next span to fetch, of at most this many blocks, or null if everything missing is already being fetched
   * and will arrive soon enough. That may change half a second later. `now` is in ms of a monotonic clock.
   */
  take(blocks: number, now = performance.now()): Span | null {
    const span = this.#free(blocks) ?? this.#tail(now);
    if (span !== null) this.#begin(span, now);
    return span;
  }

  /** Returns everything from the first missing block on, for a server that does not support ranges. */
  takeAll(): Span | null {
    const span = this.#free(1);
    if (span === null) return null;
    span.end = this.#map.count;
    this.#begin(span, performance.now());
    return span;
  }

  /** Returns everything that a waiting connection holds, for one whose last request succeeded. */
  takeWaiting(): Span | null {
    for (const span of this.#waiting) {
      if (span.next >= span.end) continue;
      const rest = { next: span.next, end: span.end };
      span.end = span.next;
      this.#begin(rest, performance.now());
      return rest;
    }
    return null;
  }

  /** Records that the span's connection pauses before a retry, or continues. */
  setWaiting(span: Span, isWaiting: boolean): void {
    if (isWaiting) this.#waiting.add(span);
    else this.#waiting.delete(span);
    this.announce();
  }

  release(span: Span): void {
    this.#active.delete(span);
    this.#waiting.delete(span);
    this.announce();
  }

  /** Announces that blocks may have become missing or received. */
  announce(): void {
    const wake = this.#wake;
    this.#changed = this.#nextChange();
    wake();
  }

  /** Resolves with the next announcement. */
  get changed(): Promise<void> {
    return this.#changed;
  }

  #free(blocks: number): Span | null {
    const longest = Math.min(blocks, Math.ceil(this.#map.missing / sharesOfRest));
    for (let next = 0; next < this.#map.count; next++) {
      if (!this.#isFree(next)) continue;
      let end = next + 1;
      while (end < this.#map.count && end - next < longest && this.#isFree(end)) end++;
      return { next, end };
    }
    return null;
  }

  /** Returns the second half of the span that will take the longest. */
  #tail(now: number): Span | null {
    let slowest: Span | null = null;
    let longestMs = worthTakingMs;
    for (const [span, start] of this.#active) {
      const leftMs = span.end - span.next < 2 ? 0 : this.#leftMs(span, start, now);
      if (leftMs < longestMs) continue;
      slowest = span;
      longestMs = leftMs;
    }
    if (slowest === null) return null;
    const middle = slowest.next + Math.ceil((slowest.end - slowest.next) / 2);
    const tail = { next: middle, end: slowest.end };
    slowest.end = middle;
    return tail;
  }

  /** Returns how long a span will take at its current pace, in ms. 0 while that is not known. */
  #leftMs(span: Span, { at, position }: Start, now: number): number {
    const passedMs = now - at;
    if (passedMs < pacedAfterMs) return 0;
    const reached = this.#positionOf(span);
    return ((this.#map.start(span.end) - reached) / Math.max(1, reached - position)) * passedMs;
  }

  #begin(span: Span, now: number): void {
    this.#active.set(span, { at: now, position: this.#positionOf(span) });
  }

  #positionOf({ next }: Span): number {
    return this.#map.start(next) + (next < this.#map.count ? this.#map.block(next).received : 0);
  }

  #isFree(index: number): boolean {
    if (this.#map.isDone(index)) return false;
    for (const { next, end } of this.#active.keys()) if (index >= next && index < end) return false;
    return true;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
