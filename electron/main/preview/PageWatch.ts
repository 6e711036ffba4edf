import { totalmem } from "node:os";
import { app, type Details, type ProcessMetric, type WebContents } from "electron";
import { FrameWatch } from "./FrameWatch.ts";
import { freeGraphics } from "./freeGraphics.ts";
import { graphicsProcess, processorMsOf } from "./graphicsProcess.ts";
import { isStuck } from "./isStuck.ts";
import { lowerPriority } from "./lowerPriority.ts";

export type PageTrouble = "notResponding" | "tooMuchMemory" | "crashed";

const everyMs = 500;
/** A page whose document has not come after this long, although it is here, is ended. */
const loadMs = 60_000;
/** A page that kept the graphics process this busy may have left it something without end. */
const drawingShare = 0.1;
const mostBytes = Math.min(1_000_000_000, Math.max(300_000_000, totalmem() / 8));

/**
 * Watches the process of a previewed page: whether it still answers, and how much memory it uses. Watches the graphics
 * process too, which draws for the whole app: whether the page's window can still draw.
 */
export class PageWatch {
  readonly #contents: WebContents;
  readonly #window: WebContents | null;
  readonly #onTrouble: (trouble: PageTrouble) => void;
  readonly #timer: NodeJS.Timeout;
  /** When the question was asked that is not answered yet, and what processor time the page had used by then. */
  #asked: { atMs: number; processorMs: number } | null = null;
  readonly #frames: FrameWatch | null;
  /** Only what the graphics process uses more than before counts. */
  readonly #graphicsBefore = bytesOf(graphicsProcess());
  /** What the graphics process had used at the last look, and its share of a core since the one before. */
  #graphics = { atMs: performance.now(), processorMs: 0, share: 0 };
  /** Since when its document is awaited, if it is. */
  #loadsSince: number | null = null;

  /** @param window What shows the page, if anything does. */
  constructor(contents: WebContents, window: WebContents | null, onTrouble: (trouble: PageTrouble) => void) {
    this.#contents = contents;
    this.#window = window;
    this.#frames = window === null ? null : new FrameWatch(window);
    this.#onTrouble = onTrouble;
    this.#timer = setInterval(() => this.#look(), everyMs);
    app.on("child-process-gone", this.#onChildGone);
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
    app.off("child-process-gone", this.#onChildGone);
    if (this.#graphics.share > drawingShare || this.#frames?.isWaiting() === true) void freeGraphics(this.#window);
  }

  /** What has crashed the graphics process would do so again, until Chromium gives up drawing, and the app with it. */
  readonly #onChildGone = (_event: unknown, { type, reason }: Details): void => {
    if (type === "GPU" && reason === "crashed") this.#onTrouble("crashed");
  };

  #look(): void {
    const contents = this.#contents;
    if (contents.isDestroyed() || contents.isCrashed()) return;
    const pid = contents.getOSProcessId();
    const metrics = app.getAppMetrics();
    const own = metrics.find((each) => each.pid === pid);
    if (own === undefined) return;
    lowerPriority(pid);
    const graphics = graphicsProcess(metrics);
    if (bytesOf(own) > mostBytes || bytesOf(graphics) - this.#graphicsBefore > mostBytes) {
      this.#onTrouble("tooMuchMemory");
      return;
    }
    const processorMs = processorMsOf(own);
    const graphicsMs = processorMsOf(graphics);
    const now = performance.now();
    const before = this.#graphics;
    const share = (graphicsMs - before.processorMs) / (now - before.atMs);
    this.#graphics = { atMs: now, processorMs: graphicsMs, share };
    if (this.#frames?.isTooLate(graphicsMs) === true) {
      this.#onTrouble("notResponding");
      return;
    }
    if (this.#loadsSince !== null) {
      if (now - this.#loadsSince > loadMs) this.#onTrouble("notResponding");
    } else if (this.#asked === null) this.#ask({ atMs: now, processorMs });
    else {
      const { atMs, processorMs: usedBefore } = this.#asked;
      if (isStuck(now - atMs, processorMs - usedBefore)) this.#onTrouble("notResponding");
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

function bytesOf(metric: ProcessMetric | null): number {
  return (metric?.memory.workingSetSize ?? 0) * 1024;
}
