import { join } from "node:path";
import { screen, type BrowserWindow, type Rectangle } from "electron";
import { z } from "zod";
import { readOwnFileSync } from "../workbench/readOwnFile.ts";
import { writeOwnFileSync } from "../workbench/writeOwnFileSync.ts";

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(480).max(20_000),
  maximized: z.boolean(),
});

const fileName = "window.json";
const maxFileBytes = 10_000;

/** Where the window was, if that place is still on a screen; otherwise only a size. */
export function readWindowState(home: string): { bounds: Partial<Rectangle>; maximized: boolean } {
  const initial = { bounds: { width: 1280, height: 800 }, maximized: false };
  try {
    const file = readOwnFileSync(join(home, fileName), maxFileBytes);
    if (file.state !== "read") return initial;
    const { maximized, ...bounds } = stateSchema.parse(JSON.parse(file.text));
    const area = screen.getDisplayMatching(bounds).workArea;
    const visible =
      bounds.x < area.x + area.width - 80 &&
      bounds.x + bounds.width > area.x + 80 &&
      bounds.y >= area.y - 20 &&
      bounds.y < area.y + area.height - 80;
    return { bounds: visible ? bounds : { width: bounds.width, height: bounds.height }, maximized };
  } catch {
    return initial;
  }
}

/** Remembers the window's place when it closes. A place that cannot be written is not worth an error. */
export function keepWindowState(window: BrowserWindow, home: string): void {
  window.on("close", () => {
    try {
      const state = { ...window.getNormalBounds(), maximized: window.isMaximized() };
      writeOwnFileSync(join(home, fileName), JSON.stringify(state));
    } catch {
      // The next start opens at the default place.
    }
  });
}
