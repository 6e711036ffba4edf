import type { WebContents } from "electron";

/** Ends a page and its process, whatever it does. */
export function endContents(contents: WebContents): void {
  if (contents.isDestroyed()) return;
  // A page in an endless loop would not end by itself.
  contents.forcefullyCrashRenderer();
  contents.close();
}
