import { join } from "node:path";
import { screen, type BrowserWindow, type Rectangle } from "electron";
import { z } from "zod";
import { readOwnFileSync } from "../workbench/home/readOwnFile.ts";
import { writeOwnFileSync } from "../workbench/home/writeOwnFileSync.ts";
import { chatInAddress } from "./chatAddress.ts";
import { placeOnScreen } from "./placeOnScreen.ts";

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(480).max(20_000),
  maximized: z.boolean(),
  fullScreen: z.boolean().catch(false),
  openChat: z.string().min(1).max(64).nullable().catch(null),
});

/** The main window's state, and that of the window of a single chat that was closed last. */
export type WindowStateFile = "window.json" | "chat-window.json";

export interface WindowState {
  bounds: Partial<Rectangle>;
  maximized: boolean;
  fullScreen: boolean;
  /** The id of the chat that was open last. Null for a chat that is not created yet. */
  openChat: string | null;
}
const usualSizes = {
  "window.json": { width: 1280, height: 800 },
  "chat-window.json": { width: 800, height: 800 },
} satisfies Record<WindowStateFile, Partial<Rectangle>>;
const maxFileBytes = 10_000;
/** While a window is being moved, its position changes with every frame. */
const settledAfterMs = 500;

/** Returns the window's last position if it is still on a screen, or only a size. */
export function readWindowState(home: string, fileName: WindowStateFile): WindowState {
  const initial = { bounds: usualSizes[fileName], maximized: false, fullScreen: false, openChat: null };
  try {
    const file = readOwnFileSync(join(home, fileName), maxFileBytes);
    if (file.state !== "read") return initial;
    const { x, y, width, height, ...state } = stateSchema.parse(JSON.parse(file.text));
    const main = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
    const areas = [main, ...others].map(({ workArea }) => workArea);
    return { bounds: placeOnScreen({ x, y, width, height }, areas), ...state };
  } catch {
    return initial;
  }
}

export interface KeptState {
  home: string;
  fileName: WindowStateFile;
  openChat: string | null;
  /** Asked when the window is closed: false if the next one begins with a new chat. */
  keepsChat: () => boolean;
}

/**
 * Saves the window's position and the open chat whenever one of them changes, so that they survive if the app is
 * killed. Write errors are ignored.
 */
export function keepWindowState(
  window: BrowserWindow,
  { home, fileName, openChat: initialChat, keepsChat }: KeptState,
): void {
  let openChat = initialChat;
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    try {
      const state = {
        ...window.getNormalBounds(),
        maximized: window.isMaximized(),
        fullScreen: window.isFullScreen(),
        openChat,
      };
      writeOwnFileSync(join(home, fileName), JSON.stringify(state));
    } catch {
      // The next start then uses the default position.
    }
  };
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, settledAfterMs);
  };
  window.on("resize", keepSoon);
  window.on("move", keepSoon);
  window.on("close", () => {
    if (!keepsChat()) openChat = null;
    keep();
  });
  window.webContents.on("did-navigate-in-page", (_event, url, isMainFrame) => {
    const shown = isMainFrame ? chatInAddress(url) : undefined;
    if (shown === undefined || shown === openChat) return;
    openChat = shown;
    keep();
  });
}
