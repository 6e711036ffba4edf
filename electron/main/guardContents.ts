import { app, type WebContents } from "electron";

/**
 * Call before the first window. No page, in a window or a view, can open windows, navigate elsewhere, embed another
 * page or make connections of its own. The code that opens a page can only handle its links.
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
