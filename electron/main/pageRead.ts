import { app, type BrowserWindow } from "electron";

/**
 * Resolves once the page of the first window has run its scripts, or will not for now. Until then, each piece of work
 * in main would delay the page, which fetches its files from it and shares the processor with it.
 */
export function pageRead(window: BrowserWindow): Promise<void> {
  const contents = window.webContents;
  return new Promise((resolve) => {
    const read = (): void => resolve();
    contents.once("dom-ready", read);
    contents.once("did-fail-load", read);
    contents.once("render-process-gone", read);
    contents.once("destroyed", read);
    window.once("unresponsive", read);
    app.once("before-quit", read);
  });
}
