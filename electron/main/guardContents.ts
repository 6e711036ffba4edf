import { app, type WebContents } from "electron";

/**
 * Before the first window: every page there will ever be, in a window or a view, opens no window, goes nowhere else,
 * holds no other page, and makes no connection of its own. Whoever opens a page may answer its links, no more.
 */
export function guardAllContents(): void {
  app.on("web-contents-created", (_event, contents) => guardContents(contents));
}

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event) => {
    event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => {
    event.preventDefault();
  });
  if (app.isPackaged) {
    contents.on("devtools-opened", () => {
      contents.closeDevTools();
    });
  }
  // The command line's switch of this name does nothing in Electron.
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}
