import { join } from "node:path";
import { screen, type BrowserWindow, type Rectangle } from "electron";
import { z } from "zod";
import { chatInAddress } from "./chatAddress.ts";
import { readOwnFileSync } from "../workbench/home/readOwnFile.ts";
import { writeOwnFileSync } from "../workbench/home/writeOwnFileSync.ts";

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(480).max(20_000),
  maximized: z.boolean(),
  openChat: z.string().min(1).max(64).nullable().catch(null),
});

const fileName = "window.json";

export interface WindowState {
  bounds: Partial<Rectangle>;
  maximized: boolean;
  /** The id of the chat that was open last. Null for a chat that is not created yet. */
  openChat: string | null;
}
const maxFileBytes = 10_000;

/** Returns the window's last position if it is still on a screen, or only a size. */
export function readWindowState(home: string): WindowState {
  const initial = { bounds: { width: 1280, height: 800 }, maximized: false, openChat: null };
  try {
    const file = readOwnFileSync(join(home, fileName), maxFileBytes);
    if (file.state !== "read") return initial;
    const { maximized, openChat, ...bounds } = stateSchema.parse(JSON.parse(file.text));
    const area = screen.getDisplayMatching(bounds).workArea;
    const visible =
      bounds.x < area.x + area.width - 80 &&
      bounds.x + bounds.width > area.x + 80 &&
      bounds.y >= area.y - 20 &&
      bounds.y < area.y + area.height - 80;
    return { bounds: visible ? bounds : { width: bounds.width, height: bounds.height }, maximized, openChat };
  } catch {
    return initial;
  }
}

export interface KeptWindow {
  home: string;
  initialChat: string | null;
  /** Asked when the window is closed: false if the next one begins with a new chat. */
  keepsChat: () => boolean;
}

/**
 * Saves the window's position and the open chat whenever one of them changes, so that they survive if the app is
 * killed. Write errors are ignored.
 */
export function keepWindowState(window: BrowserWindow, { home, initialChat, keepsChat }: KeptWindow): void {
  let openChat = initialChat;
  const keep = (): void => {
    try {
      const state = { ...window.getNormalBounds(), maximized: window.isMaximized(), openChat };
      writeOwnFileSync(join(home, fileName), JSON.stringify(state));
    } catch {
      // The next start then uses the default position.
    }
  };
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
