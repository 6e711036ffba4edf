import type { WebContents } from "electron";
import { drawFrame } from "./drawFrame.ts";

/** A frame of the window that takes longer is late. */
const frameMs = 250;
/** The window can no longer draw if frames were late at more than half of the last looks, 20 s of them. */
const looksBack = 40;
const lateShare = 0.5;
/** And if the graphics process used this much of a core meanwhile, so that drawing is the reason. */
const drawingShare = 0.1;

interface Look {
  atMs: number;
  graphicsMs: number;
  isLate: boolean;
}

/** Watches whether a window can still draw: the graphics process draws for all pages, one after the other. */
export class FrameWatch {
  readonly #window: WebContents;
  #askedAtMs: number | null = null;
  /** Whether a frame has come late since the last look. */
  #cameLate = false;
  readonly #looks: Look[] = [];

  constructor(window: WebContents) {
    this.#window = window;
  }

  /**
   * Asks for another frame, and returns whether most have been late. Call twice a second.
   * @param graphicsMs The processor time that the graphics process has used.
   */
  isTooLate(graphicsMs: number): boolean {
    const now = performance.now();
    const isLate = this.#cameLate || this.isWaiting();
    this.#cameLate = false;
    if (this.#askedAtMs === null && !this.#window.isDestroyed()) void this.#ask(now);
    this.#looks.push({ atMs: now, graphicsMs, isLate });
    const first = this.#looks.length > looksBack ? this.#looks.shift() : undefined;
    if (first === undefined) return false;
    const late = this.#looks.filter((look) => look.isLate).length;
    return late > looksBack * lateShare && graphicsMs - first.graphicsMs > (now - first.atMs) * drawingShare;
  }

  /** Returns whether a frame is late that has not come yet. */
  isWaiting(): boolean {
    return this.#askedAtMs !== null && performance.now() - this.#askedAtMs > frameMs;
  }

  async #ask(now: number): Promise<void> {
    this.#askedAtMs = now;
    await drawFrame(this.#window);
    this.#askedAtMs = null;
    if (performance.now() - now > frameMs) this.#cameLate = true;
  }
}
