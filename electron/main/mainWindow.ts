import { app, BrowserWindow, nativeTheme } from "electron";
import { appUrl } from "./appProtocol.ts";
import { chatAddress } from "./chatAddress.ts";
import { type PageWatch, watchPage } from "./watchPage.ts";
import { keepWindowState, readWindowState } from "./windowState.ts";

export interface MainWindowOptions extends Omit<PageWatch, "address"> {
  home: string;
  preload: string;
  icon: string;
  /** Whether the next window opens with the chat that is open when this one is closed. */
  keepsChat: () => boolean;
  /** Called once the window is shown with its first contents. */
  onShown: () => void;
  /** Called with the address of a link that the page itself tried to open. */
  onLink: (window: BrowserWindow, url: string) => void;
}

/** Opens the app's only window. It is sandboxed, limited to our own page, and shown once there is something to see. */
export function openMainWindow({
  home,
  preload,
  icon,
  keepsChat,
  onShown,
  onLink,
  texts,
  plainChats,
  faults,
}: MainWindowOptions): BrowserWindow {
  const { bounds, maximized, openChat } = readWindowState(home);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    title: "R1 Workbench",
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#17191a" : "#fbfbfa",
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      navigateOnDragDrop: false,
      // Replies continue while the window is covered, so its timers must keep running.
      backgroundThrottling: false,
    },
  });
  if (maximized) window.maximize();
  keepWindowState(window, { home, initialChat: openChat, keepsChat });
  window.once("ready-to-show", () => {
    window.show();
    onShown();
  });

  const contents = window.webContents;
  contents.setWindowOpenHandler(({ url }) => {
    onLink(window, url);
    return { action: "deny" };
  });
  const address = chatAddress(appUrl, openChat);
  watchPage(window, { address, texts, plainChats, faults });
  void window.loadURL(address);
  return window;
}
