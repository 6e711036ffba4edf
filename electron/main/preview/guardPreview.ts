import type { WebContents } from "electron";
import { previewTarget } from "./previewScheme.ts";

export interface PreviewGuardOptions {
  /** Called with the path, query and hash of a page's own file that it wants to go to, or of its own if it loads itself again. */
  onGo: (target: string) => void;
  /** Called with an address that it wanted to open or go to. */
  onRefused: (url: string) => void;
  /** Called when the user gives the keyboard back to the window. */
  onLeave: () => void;
  onEscape: () => void;
}

/** Limits a previewed page to its own files, and keeps a way out of it for the keyboard. */
export function guardPreview(contents: WebContents, options: PreviewGuardOptions): void {
  contents.setWindowOpenHandler(({ url }) => {
    options.onRefused(url);
    return { action: "deny" };
  });
  contents.on("will-navigate", (event) => {
    event.preventDefault();
    const target = previewTarget(event.url);
    if (target === null) options.onRefused(event.url);
    else options.onGo(target);
  });
  contents.on("will-frame-navigate", (event) => {
    if (event.isMainFrame || event.url === "about:srcdoc" || event.url === "about:blank") return;
    event.preventDefault();
    options.onRefused(event.url);
  });
  // It may not hold on when it is left, which would also hold up what follows.
  contents.on("will-prevent-unload", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("before-input-event", (event, { type, key }) => {
    if (type !== "keyDown") return;
    if (key === "Escape") options.onEscape();
    if (key !== "F6") return;
    event.preventDefault();
    options.onLeave();
  });
  contents.on("select-bluetooth-device", (event, _devices, choose) => {
    event.preventDefault();
    choose("");
  });
}
