import { join } from "node:path";
import { screen, type BrowserWindow, type Rectangle } from "electron";
import { z } from "zod";
import { isTemporary } from "../contract/isTemporary.ts";
import { readOwnFileSync } from "../workbench/home/readOwnFile.ts";
import { writeOwnFileSync } from "../workbench/home/writeOwnFileSync.ts";
import { chatInAddress } from "./chatAddress.ts";
import { placeOnScreen } from "./placeOnScreen.ts";

/** Where a window is, as the files in the home hold it. */
export const windowPlaceSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(480).max(20_000),
  maximized: z.boolean(),
  fullScreen: z.boolean().catch(false),
});
const stateSchema = windowPlaceSchema.extend({
  openChat: z.string().min(1).max(64).nullable().catch(null),
});

/** The main window's state, and that of the window of a single chat that was moved or closed last. */
export type WindowStateFile = "window.json" | "chat-window.json";

/** Where a window opens. Without a position, the system places it. */
export interface WindowPlace {
  bounds: Partial<Rectangle>;
  maximized: boolean;
  fullScreen: boolean;
}

export interface WindowState extends WindowPlace {
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
    const { openChat, ...kept } = stateSchema.parse(JSON.parse(file.text));
    return { ...placeOf(kept), openChat };
  } catch {
    return initial;
  }
}

/** Returns where a window opens that was there when it was kept. */
export function placeOf({ x, y, width, height, ...state }: z.infer<typeof windowPlaceSchema>): WindowPlace {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  const areas = [main, ...others].map(({ workArea }) => workArea);
  return { bounds: placeOnScreen({ x, y, width, height }, areas), ...state };
}

/** Returns where the window is now. */
export const keptPlace = (window: BrowserWindow): z.infer<typeof windowPlaceSchema> => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
  fullScreen: window.isFullScreen(),
});

/** Calls `keep` once a window that was moved or resized has come to rest, and before it closes. */
export function onSettled(window: BrowserWindow, keep: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => !window.isDestroyed() && keep(), settledAfterMs);
  };
  for (const event of ["resize", "move"] as const) window.on(event as "move", keepSoon);
  window.on("close", () => {
    clearTimeout(timer);
    keep();
  });
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
  const keep = (): void => {
    try {
      const kept = openChat !== null && isTemporary(openChat) ? null : openChat;
      writeOwnFileSync(join(home, fileName), JSON.stringify({ ...keptPlace(window), openChat: kept }));
    } catch {
      // The next start then uses the default position.
    }
  };
  window.on("close", () => {
    if (!keepsChat()) openChat = null;
  });
  onSettled(window, keep);
  window.webContents.on("did-navigate-in-page", (_event, url, isMainFrame) => {
    const shown = isMainFrame ? chatInAddress(url) : undefined;
    if (shown === undefined || shown === openChat) return;
    openChat = shown;
    keep();
  });
}
