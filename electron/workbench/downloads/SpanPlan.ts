import type { BlockMap } from "./BlockMap.ts";

/** Blocks that one connection fetches in one request, from `next` up to but without `end`. */
export interface Span {
  /** The block being fetched now. */
  next: number;
  /** Moves down when another connection takes over the tail. */
  end: number;
}

/** A request's length: long enough that its round trip does not count, short enough to stay near the front. */
const blocksPerSpan = 8;

/** Hands out what is missing, lowest blocks first, so that the hash of the whole can follow close behind. */
export class SpanPlan {
  readonly #map: BlockMap;
  readonly #active = new Set<Span>();
  #wake: () => void = () => undefined;
  #changed: Promise<void>;

  constructor(map: BlockMap) {
    this.#map = map;
    this.#changed = this.#nextChange();
  }

  /** The next span to fetch; null when everything missing is being fetched already. */
  take(): Span | null {
    const span = this.#free() ?? this.#tail();
    if (span !== null) this.#active.add(span);
    return span;
  }

  /** Everything from the first missing block on, for a server that cannot send ranges. */
  takeAll(): Span | null {
    const span = this.#free();
    if (span === null) return null;
    span.end = this.#map.count;
    this.#active.add(span);
    return span;
  }

  release(span: Span): void {
    this.#active.delete(span);
    this.announce();
  }

  /** Something may be missing that was not before, or is there that was missing. */
  announce(): void {
    const wake = this.#wake;
    this.#changed = this.#nextChange();
    wake();
  }

  /** Resolves with the next announcement. */
  get changed(): Promise<void> {
    return this.#changed;
  }

  #free(): Span | null {
    for (let next = 0; next < this.#map.count; next++) {
      if (!this.#isFree(next)) continue;
      let end = next + 1;
      while (end < this.#map.count && end - next < blocksPerSpan && this.#isFree(end)) end++;
      return { next, end };
    }
    return null;
  }

  /** The second half of the span that has most left. */
  #tail(): Span | null {
    const longest = [...this.#active].toSorted((a, b) => b.end - b.next - (a.end - a.next))[0];
    if (longest === undefined || longest.end - longest.next < 2) return null;
    const middle = longest.next + Math.ceil((longest.end - longest.next) / 2);
    const tail = { next: middle, end: longest.end };
    longest.end = middle;
    return tail;
  }

  #isFree(index: number): boolean {
    if (this.#map.isDone(index)) return false;
    for (const { next, end } of this.#active) if (index >= next && index < end) return false;
    return true;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
