import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { z } from "zod";
import type { ZoomChange } from "../contract/shell.ts";
import { readJsonFileSync } from "../workbench/home/readJsonFile.ts";
import { writeOwnFileSync } from "../workbench/home/writeOwnFileSync.ts";

/** In per cent, as browsers have them. */
const steps = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200];
const usual = 100;
const maxFileBytes = 1000;
const fileSchema = z.object({ percent: z.number().refine((percent) => steps.includes(percent)) });

/** The size of everything in the windows, in per cent. Kept in `zoom.json`. */
export class Zoom {
  readonly #path: string;
  #percent: number;

  constructor(home: string) {
    this.#path = join(home, "zoom.json");
    const kept = readJsonFileSync(this.#path, fileSchema, maxFileBytes);
    this.#percent = kept.state === "read" ? kept.value.percent : usual;
  }

  get percent(): number {
    return this.#percent;
  }

  /** Changes it by one step, in these windows, and keeps it. Returns it. */
  change(to: ZoomChange, windows: readonly BrowserWindow[]): number {
    this.#percent = next(this.#percent, to);
    for (const window of windows) this.apply(window);
    try {
      writeOwnFileSync(this.#path, `${JSON.stringify({ percent: this.#percent })}\n`);
    } catch {
      // On a full disk it lasts until the app quits.
    }
    return this.#percent;
  }

  /** Chromium keeps the zoom of an origin, and a window has none before its page is loaded. */
  apply(window: BrowserWindow): void {
    if (!window.isDestroyed()) window.webContents.setZoomFactor(this.#percent / 100);
  }
}

function next(percent: number, to: ZoomChange): number {
  if (to === "reset") return usual;
  return (to === "in" ? steps.find((step) => step > percent) : steps.findLast((step) => step < percent)) ?? percent;
}
