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
  /** What a window has had drawn, which ends together with what its page shows. */
  const pages = new WeakMap<BrowserWindow, { page: AbortController; end: () => void }>();
  let last: Promise<unknown> = Promise.resolve();

  const signalOf = (window: BrowserWindow): AbortSignal => {
    const known = pages.get(window);
    if (known !== undefined) return known.page.signal;
    const shown = {
      page: new AbortController(),
      end: (): void => {
        shown.page.abort();
        shown.page = new AbortController();
      },
    };
    pages.set(window, shown);
    window.webContents.on("did-navigate", shown.end);
    window.webContents.on("render-process-gone", shown.end);
    window.on("closed", shown.end);
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
    "diagrams.stop": () => {
      pages.get(window)?.end();
      return null;
    },
  });
}
