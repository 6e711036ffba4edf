import { isSameEntry } from "../../contract/isSameEntry.ts";
import type { PreviewEntry } from "../../contract/preview.ts";
import { previewLimits } from "../../contract/previewLimits.ts";

/** How often lines are sent, and how many of them at once. */
const everyMs = 250;
const mostAtOnce = 200;
/** What the app says of the page is told also where the page itself has written too much. */
const mostOfApp = 50;
/** A page's own throttle lets fewer lines through, so one that writes more has gone around it. */
const mostInSecond = 2000;

/** A line as it is read. `dropped`: how many the page's own throttle has left out, in place of a line. */
export type ConsoleLine = Omit<PreviewEntry, "count"> & { dropped?: number };

/** The lines that a page writes to its console, on their way to the window: short, and few at a time. */
export class ConsoleLines {
  readonly #send: (entries: PreviewEntry[], dropped: number) => void;
  readonly #onFlood: () => void;
  #waiting: PreviewEntry[] = [];
  #ofApp = 0;
  #dropped = 0;
  #timer: NodeJS.Timeout | null = null;
  #second = 0;
  #inSecond = 0;

  /** @param onFlood Called when the page writes so much that reading it would cost the app its time. */
  constructor(send: (entries: PreviewEntry[], dropped: number) => void, onFlood: () => void) {
    this.#send = send;
    this.#onFlood = onFlood;
  }

  add({ text, dropped = 0, ...rest }: ConsoleLine): void {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    if (++this.#inSecond === mostInSecond) {
      this.#onFlood();
      return;
    }
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

  /** Forgets what was not sent. */
  clear(): void {
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
    this.clear();
    this.#send(entries, dropped);
  }
}

function isOfApp({ level }: PreviewEntry): boolean {
  return level === "note" || level === "network";
}
