import { totalmem } from "node:os";
import { app, type WebContents } from "electron";

export type PageTrouble = "notResponding" | "tooMuchMemory";

const everyMs = 500;
/** A page that answers nothing for this long is ended if it was busy meanwhile; on a machine that is, only later. */
const busyMs = 5000;
const silentMs = 20_000;
/** Nor is one whose document has not come after this long, although it is here. */
const loadMs = 60_000;
const busyShare = 0.5;
const mostBytes = Math.min(1_000_000_000, Math.max(300_000_000, totalmem() / 8));

/** Watches the process of a previewed page: whether it still answers, and how much memory it uses. */
export class PageWatch {
  readonly #contents: WebContents;
  readonly #onTrouble: (trouble: PageTrouble) => void;
  readonly #timer: NodeJS.Timeout;
  /** When the question was asked that is not answered yet, and what processor time the page had used by then. */
  #asked: { atMs: number; processorMs: number } | null = null;
  /** The graphics process draws for the whole app, so only what it uses more than before counts. */
  readonly #graphicsBefore = graphicsBytes();
  /** Since when its document is awaited, if it is. */
  #loadsSince: number | null = null;

  constructor(contents: WebContents, onTrouble: (trouble: PageTrouble) => void) {
    this.#contents = contents;
    this.#onTrouble = onTrouble;
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  /** Call when a document is to be loaded. Until it is there nothing is asked: a script in between may leave it empty. */
  loads(): void {
    this.#asked = null;
    this.#loadsSince = performance.now();
  }

  /** Call when the document is there. */
  hasLoaded(): void {
    this.#asked = null;
    this.#loadsSince = null;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const contents = this.#contents;
    if (contents.isDestroyed() || contents.isCrashed()) return;
    const pid = contents.getOSProcessId();
    const metrics = app.getAppMetrics();
    const own = metrics.find((each) => each.pid === pid);
    if (own === undefined) return;
    const graphics = graphicsBytes(metrics) - this.#graphicsBefore;
    if (own.memory.workingSetSize * 1024 > mostBytes || graphics > mostBytes) {
      this.#onTrouble("tooMuchMemory");
      return;
    }
    const processorMs = (own.cpu.cumulativeCPUUsage ?? 0) * 1000;
    const now = performance.now();
    if (this.#loadsSince !== null) {
      if (now - this.#loadsSince > loadMs) this.#onTrouble("notResponding");
    } else if (this.#asked === null) this.#ask({ atMs: now, processorMs });
    else {
      const forMs = now - this.#asked.atMs;
      const wasBusy = processorMs - this.#asked.processorMs > busyMs * busyShare;
      if (forMs > silentMs || (forMs > busyMs && wasBusy)) this.#onTrouble("notResponding");
    }
  }

  #ask(asked: { atMs: number; processorMs: number }): void {
    this.#asked = asked;
    const answered = (): void => {
      if (this.#asked === asked) this.#asked = null;
    };
    try {
      // Not through the contents, which would wait until the page has loaded.
      this.#contents.mainFrame.executeJavaScript("0").then(answered, answered);
    } catch {
      // Between two documents there is no frame.
      answered();
    }
  }
}

function graphicsBytes(metrics = app.getAppMetrics()): number {
  const graphics = metrics.find(({ type }) => type === "GPU");
  return (graphics?.memory.workingSetSize ?? 0) * 1024;
}
