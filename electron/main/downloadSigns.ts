import type { BrowserWindow } from "electron";
import type { Download } from "../contract/downloads.ts";
import { failureText } from "../texts/failureText.ts";
import type { Texts } from "../texts/texts.ts";
import { downloadProgress, endedSince } from "../workbench/downloads/downloadProgress.ts";
import { showNotification } from "./showNotification.ts";
import { systemText } from "./systemText.ts";

export interface DownloadSignsOptions {
  /** The window whose taskbar icon shows the progress. */
  window: () => BrowserWindow | null;
  /** Whether the user works in one of the app's windows. */
  isWatched: () => boolean;
  texts: Texts;
  /** Called when the user clicks a notification. */
  onClick: () => void;
}

/**
 * Shows downloads outside the window: a progress bar in the taskbar icon, and a notification for each that ends. Returns a
 * function to be called with the list at the start of the app, of which no end is told, and with each one after it.
 */
export function downloadSigns({
  window,
  isWatched,
  texts,
  onClick,
}: DownloadSignsOptions): (downloads: Download[]) => void {
  let before: Download[] | null = null;
  return (downloads) => {
    const { fraction, mode } = downloadProgress(downloads);
    const shown = window();
    if (shown !== null && !shown.isDestroyed()) shown.setProgressBar(fraction, { mode });
    for (const { name, news } of endedSince(before, downloads)) {
      // A focused window already shows the same.
      if (isWatched()) continue;
      const body = typeof news === "string" ? texts.say(`downloadEnded.${news}`) : failureText(texts, news).what;
      showNotification({ title: systemText(name, 100), body: systemText(body, 300) }, onClick);
    }
    before = downloads;
  };
}
