import { app, type WebContents } from "electron";

/**
 * Prevents every page, in a window or a view, from opening windows, navigating elsewhere, embedding another page or
 * making its own connections. Only the code that opens a page can handle its links. Call before the first window is
 * opened.
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
  // The command-line switch of this name has no effect in Electron.
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}
