import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { z } from "zod";
import { isTemporary } from "../contract/isTemporary.ts";
import { readJsonFileSync } from "../workbench/home/readJsonFile.ts";
import { writeOwnFileSync } from "../workbench/home/writeOwnFileSync.ts";
import { keptPlace, windowPlaceSchema } from "./windowState.ts";

const fileName = "chat-windows.json";
const maxFileBytes = 100_000;
/** More windows than this are not opened again at a start. */
const most = 20;

const windowSchema = windowPlaceSchema.extend({ chatId: z.string().min(1).max(64) });
const fileSchema = z.object({ windows: z.array(z.unknown()) });

/** A chat that had a window of its own, and where that was. */
export type KeptChatWindow = z.infer<typeof windowSchema>;

/** Keeps which chats have a window of their own, so that the next start opens them again, after a crash too. */
export class OpenChatWindows {
  readonly #path: string;
  /** Those of the last start that are not open again yet. */
  #waiting: KeptChatWindow[];
  /** What is known to be in the file. It is not written again: that stopped the window for up to 44 ms. */
  #written: string | null;
  #isEnding = false;

  constructor(home: string) {
    this.#path = join(home, fileName);
    const kept = readJsonFileSync(this.#path, fileSchema, maxFileBytes);
    this.#waiting = kept.state === "read" ? onceEach(kept.value.windows) : [];
    this.#written = kept.state === "damaged" ? null : textOf(kept.state === "read" ? kept.value.windows : []);
  }

  /** Returns each chat once that had a window when the app ended, and forgets those that were waiting. */
  take(): KeptChatWindow[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  /** Keeps these windows, unless the app is about to quit and closes them one by one. Write errors are ignored. */
  keep(open: ReadonlyMap<string, BrowserWindow>): void {
    if (this.#isEnding) return;
    const windows = [...open].flatMap(([chatId, window]) =>
      window.isDestroyed() || isTemporary(chatId) ? [] : [{ chatId, ...keptPlace(window) }],
    );
    const waiting = this.#waiting.filter(({ chatId }) => !open.has(chatId));
    const text = textOf([...windows, ...waiting]);
    if (text === this.#written) return;
    try {
      writeOwnFileSync(this.#path, text);
      this.#written = text;
    } catch {
      // The next start then opens what could be kept last.
    }
  }

  /** From now on, windows close because the app quits. */
  end(open: ReadonlyMap<string, BrowserWindow>): void {
    this.keep(open);
    this.#isEnding = true;
  }
}

const textOf = (windows: readonly unknown[]): string => `${JSON.stringify({ windows })}\n`;

/** Returns those that are in order, each chat's first one. */
function onceEach(listed: readonly unknown[]): KeptChatWindow[] {
  const windows = listed.flatMap((each) => windowSchema.safeParse(each).data ?? []);
  return [...new Map(windows.map((each) => [each.chatId, each])).values()].slice(0, most);
}
