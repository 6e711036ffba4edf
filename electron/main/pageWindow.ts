import { app, BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from "electron";
import { usesSystemSpeller } from "./spelling.ts";
import { systemText } from "./systemText.ts";

const longestTitle = 120;

export interface PageWindowOptions
  extends Pick<BrowserWindowConstructorOptions, "x" | "y" | "width" | "height" | "skipTaskbar"> {
  preload: string;
  icon: string;
  /** The size of everything in the first frame; 1 is the usual one. */
  zoomFactor?: number;
  /** Called with the address of a link that the page itself tried to open. */
  onLink: (window: BrowserWindow, url: string) => void;
}

/** Creates a window for our own page, sandboxed and limited to it. It is hidden, and empty until an address is loaded. */
export function pageWindow({ preload, icon, zoomFactor = 1, onLink, ...options }: PageWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    minWidth: 640,
    minHeight: 480,
    title: "R1 Workbench",
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#17191a" : "#fbfbfa",
    webPreferences: {
      preload,
      zoomFactor,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: usesSystemSpeller(process.platform),
      devTools: !app.isPackaged,
      navigateOnDragDrop: false,
      // Replies continue while the window is covered, so its timers must keep running.
      backgroundThrottling: false,
    },
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    onLink(window, url);
    return { action: "deny" };
  });
  // A chat's title is text from outside.
  window.on("page-title-updated", (event, title) => {
    event.preventDefault();
    window.setTitle(systemText(title, longestTitle) || "R1 Workbench");
  });
  return window;
}
