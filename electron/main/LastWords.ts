import type { BrowserWindow } from "electron";
import { channels } from "../contract/bridge.ts";

/** How long a page that does not answer may delay the end. */
const longestMs = 1000;

/** Lets pages save what was typed last, before their windows close. */
export class LastWords {
  readonly #waiting = new Map<BrowserWindow, () => void>();
  readonly #asked = new Map<BrowserWindow, Promise<void>>();

  /** Resolves once the page has saved what was typed, or cannot. */
  ask(window: BrowserWindow): Promise<void> {
    const asked = this.#asked.get(window) ?? this.#ask(window);
    this.#asked.set(window, asked);
    return asked.finally(() => this.#asked.delete(window));
  }

  /** Call when the page has answered. */
  said(window: BrowserWindow): void {
    this.#waiting.get(window)?.();
  }

  async #ask(window: BrowserWindow): Promise<void> {
    if (window.isDestroyed()) return;
    const { webContents: contents } = window;
    if (contents.isCrashed() || contents.isLoadingMainFrame()) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#waiting.set(window, resolve);
      timer = setTimeout(resolve, longestMs);
      window.once("closed", resolve);
      contents.send(channels.event, "shell.leaving", {});
    });
    clearTimeout(timer);
    this.#waiting.delete(window);
  }
}
