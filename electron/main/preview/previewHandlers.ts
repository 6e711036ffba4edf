import type { BrowserWindow } from "electron";
import type { Handlers } from "../../contract/calls.ts";
import type { EventName, Events } from "../../contract/events.ts";
import type { previewCalls } from "../../contract/preview.ts";
import type { Texts } from "../../texts/texts.ts";
import { Preview } from "./Preview.ts";
import { PreviewLibraries } from "./PreviewLibraries.ts";
import { savePage } from "./savePage.ts";

export interface PreviewHandlerOptions {
  texts: Texts;
  /** The folder of the app's own scripts and libraries for these pages. */
  folder: string;
  /** Sends an event to one window, at once: its page is there, since it calls, and waits for what is told in this order. */
  tell: <Name extends EventName>(window: BrowserWindow, name: Name, data: Events[Name]) => void;
}

/** Returns the handlers of the calls about previewed pages, for the window that makes them. */
export function previewHandlers({
  texts,
  folder,
  tell,
}: PreviewHandlerOptions): (window: BrowserWindow) => Handlers<typeof previewCalls> {
  const libraries = new PreviewLibraries(folder);
  const previews = new WeakMap<BrowserWindow, Preview>();
  const of = (window: BrowserWindow): Preview => {
    const known = previews.get(window);
    if (known !== undefined) return known;
    const preview = new Preview({
      window,
      texts,
      libraries,
      tell: (name, data) => {
        if (!window.isDestroyed()) tell(window, name, data);
      },
    });
    previews.set(window, preview);
    // It belongs to what the window's page shows: to another page, to none, and to no window.
    window.webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) preview.close();
    });
    // Until then the page before is still there, and can call.
    window.webContents.on("did-navigate", () => preview.close());
    window.webContents.on("render-process-gone", () => preview.close());
    window.on("closed", () => {
      previews.delete(window);
      void preview.dispose();
    });
    return preview;
  };

  return (window) => ({
    "preview.show": ({ isPartial, ...page }) => {
      of(window).show(page, isPartial);
      return null;
    },
    "preview.place": ({ bounds }) => {
      of(window).place(bounds);
      return null;
    },
    "preview.picture": () => of(window).picture(),
    "preview.reload": () => {
      of(window).reload();
      return null;
    },
    "preview.stop": async () => {
      await of(window).stop();
      return null;
    },
    "preview.close": () => {
      of(window).close();
      return null;
    },
    "preview.focus": () => {
      of(window).focus();
      return null;
    },
    "preview.point": () => of(window).point(),
    "preview.endPointing": () => {
      of(window).endPointing();
      return null;
    },
    "preview.save": (page) => savePage(window, texts, page),
  });
}
