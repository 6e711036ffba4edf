import { isSameEntry } from "../../contract/isSameEntry.ts";
import type { PreviewEntry } from "../../contract/preview.ts";
import { previewLimits } from "../../contract/previewLimits.ts";

/** How often lines are sent, and how many of them at once. */
const everyMs = 250;
const mostAtOnce = 200;
/** What the app says of the page is told also where the page itself has written too much. */
const mostOfApp = 50;
/**
 * A page's own throttle lets fewer lines through, so one that is this far ahead of what is read in a second has gone
 * around it. Where the machine is busy, that takes longer. A long line counts as several.
 */
const mostAhead = 2000;
const perSecond = 400;
const charsOfLine = 10_000;

/**
 * A line as it is read. `dropped`: how many the page's own throttle has left out, in place of a line. `isHidden`: it is
 * not shown, but counts like the others.
 */
export type ConsoleLine = Omit<PreviewEntry, "count"> & { dropped?: number; isHidden?: boolean };

/** The lines that a page writes to its console, on their way to the window: short, and few at a time. */
export class ConsoleLines {
  readonly #send: (entries: PreviewEntry[], dropped: number) => void;
  readonly #onFlood: () => void;
  #waiting: PreviewEntry[] = [];
  #ofApp = 0;
  #dropped = 0;
  #timer: NodeJS.Timeout | null = null;
  #ahead = 0;
  #addedAtMs = 0;

  /** @param onFlood Called when the page writes so much that reading it would cost the app its time. */
  constructor(send: (entries: PreviewEntry[], dropped: number) => void, onFlood: () => void) {
    this.#send = send;
    this.#onFlood = onFlood;
  }

  add({ text, dropped = 0, isHidden = false, ...rest }: ConsoleLine): void {
    if (this.#isFlood(text) || isHidden) return;
    this.#timer ??= setTimeout(() => this.flush(), everyMs);
    this.#dropped += dropped;
    if (dropped > 0) return;
    const entry = {
      ...rest,
      text: text.slice(0, previewLimits.textChars),
      file: rest.file?.slice(0, 200) ?? null,
      count: 1,
    };
    const last = this.#waiting.at(-1);
    if (last !== undefined && isSameEntry(last, entry)) last.count++;
    else if (this.#waiting.length < mostAtOnce) this.#waiting.push(entry);
    else if (isOfApp(entry) && this.#ofApp < mostOfApp) {
      this.#ofApp++;
      this.#waiting.push(entry);
    } else this.#dropped++;
  }

  /** Returns whether the page is too far ahead, and tells it once. */
  #isFlood({ length }: string): boolean {
    const now = performance.now();
    const wasFlood = this.#ahead >= mostAhead;
    this.#ahead = Math.max(0, this.#ahead - ((now - this.#addedAtMs) / 1000) * perSecond);
    this.#ahead += 1 + length / charsOfLine;
    this.#addedAtMs = now;
    const isFlood = this.#ahead >= mostAhead;
    if (isFlood && !wasFlood) this.#onFlood();
    return isFlood;
  }

  /** Forgets what was not sent, and how much was written: what comes next is another page's. */
  clear(): void {
    this.#ahead = 0;
    this.#empty();
  }

  #empty(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
    this.#ofApp = 0;
    this.#dropped = 0;
  }

  /** Sends what waits, for example because there will be no more. */
  flush(): void {
    if (this.#timer === null) return;
    const entries = this.#waiting;
    const dropped = this.#dropped;
    this.#empty();
    this.#send(entries, dropped);
  }
}

function isOfApp({ level }: PreviewEntry): boolean {
  return level === "note" || level === "network";
}
