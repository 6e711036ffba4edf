import { app, type BrowserWindow, dialog } from "electron";
import type { PlainChats } from "../workbench/chats/PlainChats.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { appOrigin, appUrl } from "./appProtocol.ts";
import { chatInAddress } from "./chatAddress.ts";

export interface PageWatch {
  /** The page's first address. */
  address: string;
  plainChats: PlainChats;
  faults: FaultLog;
}

/** Without a chat to leave out, loading again and again would be all that is seen. */
const deathsUntilAsked = 3;
const longestId = 64;

/**
 * Loads the page again when it died or hangs, with the same chat: main holds them all. After the second death with the
 * same chat it opens without it; a page that dies without a chat, three times with nothing done in between, waits for
 * the person.
 */
export function watchPage(window: BrowserWindow, { address, plainChats, faults }: PageWatch): void {
  const { webContents: contents } = window;
  let open = chatOf(address);
  let deathsWithoutChat = 0;

  contents.on("did-navigate-in-page", (_event, url) => {
    const next = chatOf(url);
    if (open !== null && open !== next) plainChats.left(open);
    open = next;
    deathsWithoutChat = 0;
  });

  // An empty page is the one that Chromium asks nobody about.
  contents.on("did-navigate", (_event, url) => {
    if (!url.startsWith(`${appOrigin}/`)) void window.loadURL(address);
  });

  contents.on("render-process-gone", (_event, { reason, exitCode }) => {
    if (reason === "clean-exit" || window.isDestroyed()) return;
    faults.add(`The page ended: ${reason}, exit code ${exitCode}, ${open === null ? "no chat open" : `chat ${open}`}.`);
    const chatId = open;
    if (chatId === null) {
      deathsWithoutChat++;
      if (deathsWithoutChat < deathsUntilAsked) contents.reload();
      else void ask(window);
    } else if (plainChats.died(chatId)) {
      open = null;
      void window.loadURL(`${appUrl}#/chat`);
    } else contents.reload();
  });

  // Chromium says so once a click or a key waited for half a minute. Someone may be looking at it in the tools.
  contents.on("unresponsive", () => {
    if (!contents.isDevToolsOpened()) contents.forcefullyCrashRenderer();
  });
}

async function ask(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: "error",
    message: "The window stopped working three times.",
    detail: "Your chats are safe. If it happens again, report it with logs/faults.log from the app's folder.",
    buttons: ["Load again", "Quit"],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) void window.loadURL(appUrl);
}

/** The chat that an address of the page shows; null: none that could be one of ours. */
function chatOf(address: string): string | null {
  const chatId = chatInAddress(address) ?? null;
  return chatId !== null && chatId.length <= longestId ? chatId : null;
}
