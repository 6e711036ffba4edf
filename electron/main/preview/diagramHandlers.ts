import type { BrowserWindow } from "electron";
import type { Handlers } from "../../contract/calls.ts";
import type { diagramCalls } from "../../contract/diagrams.ts";
import { drawDiagram } from "./drawDiagram.ts";
import { PreviewLibraries } from "./PreviewLibraries.ts";

/**
 * Returns the handlers of the calls about diagrams, for the window that makes them. One diagram is drawn at a time.
 * @param folder The folder of the app's own scripts for previewed pages.
 */
export function diagramHandlers(folder: string): (window: BrowserWindow) => Handlers<typeof diagramCalls> {
  const libraries = new PreviewLibraries(folder);
  /** What ends together with what a window's page shows. */
  const pages = new WeakMap<BrowserWindow, { page: AbortController }>();
  let last: Promise<unknown> = Promise.resolve();

  const signalOf = (window: BrowserWindow): AbortSignal => {
    const known = pages.get(window);
    if (known !== undefined) return known.page.signal;
    const shown = { page: new AbortController() };
    const end = (): void => {
      shown.page.abort();
      shown.page = new AbortController();
    };
    pages.set(window, shown);
    window.webContents.on("did-navigate", end);
    window.webContents.on("render-process-gone", end);
    window.on("closed", end);
    return shown.page.signal;
  };

  return (window) => ({
    "diagrams.draw": (diagram) => {
      const signal = signalOf(window);
      const drawn = last.then(() => drawDiagram(libraries, diagram, signal));
      // One that cannot even be begun must not stop those that wait.
      last = drawn.catch(() => undefined);
      return drawn;
    },
  });
}
