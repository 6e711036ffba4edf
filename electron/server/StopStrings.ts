/**
 * Ends a text where one of some strings begins, which is not part of it. Text that may be the beginning of one is held
 * back until it is certain.
 */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = "";
  #isOver = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** Whether one of the strings was found. Nothing that follows belongs to the text. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Returns the text that is certain now. */
  take(text: string): string {
    if (this.#isOver) return "";
    const all = this.#held + text;
    const found = this.#stops.map((stop) => all.indexOf(stop)).filter((at) => at !== -1);
    if (found.length > 0) {
      this.#isOver = true;
      this.#held = "";
      return all.slice(0, Math.min(...found));
    }
    const keep = Math.max(0, ...this.#stops.map((stop) => beginningAtEnd(all, stop)));
    this.#held = all.slice(all.length - keep);
    return all.slice(0, all.length - keep);
  }

  /** Returns what was held back, once nothing follows. */
  end(): string {
    const rest = this.#held;
    this.#held = "";
    return rest;
  }
}

/** Returns how many characters at the end of `text` are the beginning of `stop`, without being all of it. */
function beginningAtEnd(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
    if (stop.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
