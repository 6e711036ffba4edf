/** Length of the spans that are compared, in tokens: long enough that usual phrases and lists do not count. */
const spanTokens = 8;
/** How far back a span counts as written before. A paragraph of 680 tokens is noticed in its third round. */
const memoryTokens = 2048;
/** Over how many of the last tokens the share of repeated ones is taken. */
const windowTokens = 384;
/** A span is repeated if it is among the last tokens this often, the newest one included. */
const timesSeen = 3;
const startShare = 0.8;
const endShare = 0.5;

/**
 * Notices that a reply repeats itself: most of its last tokens end spans that were written at least twice before. The
 * cost of a token does not depend on the length of the reply.
 */
export class LoopDetector {
  readonly #tokens: number[] = [];
  /** Hashes of the spans in memory, oldest first, as a ring; and how often each is in it. */
  readonly #spans = new Uint32Array(memoryTokens);
  readonly #counts = new Map<number, number>();
  /** Whether each of the last tokens ended a repeated span, as a ring. */
  readonly #repeated = new Uint8Array(windowTokens);
  #repeatedCount = 0;
  #spanCount = 0;
  #isRepeating = false;

  /** Whether the reply repeats itself now. */
  get isRepeating(): boolean {
    return this.#isRepeating;
  }

  add(token: number): void {
    this.#tokens.push(token);
    if (this.#tokens.length < spanTokens) return;
    if (this.#tokens.length > spanTokens) this.#tokens.shift();
    const span = this.#hash();
    const place = this.#spanCount % memoryTokens;
    if (this.#spanCount >= memoryTokens) this.#forget(this.#spans[place] ?? 0);
    this.#spans[place] = span;
    const times = (this.#counts.get(span) ?? 0) + 1;
    this.#counts.set(span, times);
    this.#note(this.#spanCount % windowTokens, times >= timesSeen ? 1 : 0);
    this.#spanCount++;
    const share = this.#repeatedCount / windowTokens;
    this.#isRepeating = share >= (this.#isRepeating ? endShare : startShare);
  }

  /** FNV-1a over the tokens, 32 bits. Two spans with the same hash by chance change nothing that matters. */
  #hash(): number {
    let hash = 0x811c9dc5;
    for (const token of this.#tokens) hash = Math.imul(hash ^ token, 0x01000193) >>> 0;
    return hash;
  }

  #forget(span: number): void {
    const times = (this.#counts.get(span) ?? 1) - 1;
    if (times === 0) this.#counts.delete(span);
    else this.#counts.set(span, times);
  }

  #note(place: number, repeated: 0 | 1): void {
    this.#repeatedCount += repeated - (this.#repeated[place] ?? 0);
    this.#repeated[place] = repeated;
  }
}
