import { app, type BrowserWindow, dialog } from "electron";
import type { Texts } from "../texts/texts.ts";
import type { PlainChats } from "../workbench/chats/PlainChats.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { appOrigin, appUrl } from "./appProtocol.ts";
import { chatInAddress } from "./chatAddress.ts";

export interface PageWatch {
  /** The page's initial address. */
  address: string;
  texts: Texts;
  plainChats: PlainChats;
  faults: FaultLog;
  /** Called when the page has crashed and is loaded again as it was. */
  onReloaded: () => void;
  /** Called when the chat that was open must not be opened in this window again. */
  onPlain: () => void;
}

/** Without a chat to leave out, the page would only reload again and again. */
const deathsUntilAsked = 3;
const longestId = 64;

/**
 * Reloads the page with the same chat when it crashes or hangs. After the second crash with the same chat it opens
 * without the chat; after the third crash in a row without a chat, it asks the user.
 */
export function watchPage(
  window: BrowserWindow,
  { address, texts, plainChats, faults, onReloaded, onPlain }: PageWatch,
): void {
  const { webContents: contents } = window;
  let open = chatOf(address);
  let deathsWithoutChat = 0;

  const reload = (): void => {
    contents.reload();
    onReloaded();
  };

  contents.on("did-navigate-in-page", (_event, url) => {
    const next = chatOf(url);
    if (open !== null && open !== next) plainChats.left(open);
    open = next;
    deathsWithoutChat = 0;
  });

  // Chromium navigates to an empty page without emitting `will-navigate`.
  contents.on("did-navigate", (_event, url) => {
    if (!url.startsWith(`${appOrigin}/`)) void window.loadURL(address);
  });

  contents.on("render-process-gone", (_event, { reason, exitCode }) => {
    if (reason === "clean-exit" || window.isDestroyed()) return;
    faults.add(`The page ended: ${reason}, exit code ${exitCode}, ${open === null ? "no chat open" : `chat ${open}`}.`);
    const chatId = open;
    if (chatId === null) {
      deathsWithoutChat++;
      if (deathsWithoutChat < deathsUntilAsked) reload();
      else void ask(window, texts);
    } else if (plainChats.died(chatId)) {
      open = null;
      onPlain();
    } else reload();
  });

  // Emitted once input has waited for half a minute. With DevTools open, the page may be paused on purpose.
  contents.on("unresponsive", () => {
    if (!contents.isDevToolsOpened()) contents.forcefullyCrashRenderer();
  });
}

async function ask(window: BrowserWindow, { say }: Texts): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: "error",
    message: say("pageDied.message"),
    detail: say("pageDied.detail"),
    buttons: [say("loadAgain"), say("quit")],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) void window.loadURL(appUrl);
}

/** Returns the id of the chat that an address shows, or null if it has no plausible one. */
function chatOf(address: string): string | null {
  const chatId = chatInAddress(address) ?? null;
  return chatId !== null && chatId.length <= longestId ? chatId : null;
}
