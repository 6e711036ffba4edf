import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PreviewEntry, PreviewPage } from "../../../electron/contract/preview.ts";
import { Preview } from "../../../electron/main/preview/Preview.ts";
import { PreviewLibraries } from "../../../electron/main/preview/PreviewLibraries.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

/** Above what any system gives, so that no real process is touched. */
const noProcess = vi.hoisted(() => 2 ** 30);

/** As Electron's, as far as the preview uses them. */
class Contents extends EventEmitter {
  isGone = false;
  loaded: string[] = [];
  mainFrame = { executeJavaScript: vi.fn(() => new Promise(() => undefined)) };
  /** Resolves the next picture. */
  drawn: (image: { isEmpty: () => boolean; toPNG: () => Buffer }) => void = () => undefined;
  pointed: (found: unknown) => void = () => undefined;
  setWindowOpenHandler(): void {}
  setAudioMuted = vi.fn();
  forcefullyCrashRenderer(): void {}
  focus = vi.fn();
  isFocused = (): boolean => false;
  isCrashed = (): boolean => false;
  getOSProcessId = (): number => noProcess;
  isDestroyed(): boolean {
    return this.isGone;
  }
  loadURL(url: string): Promise<void> {
    if (this.isGone) throw new TypeError("Object has been destroyed");
    this.loaded.push(url);
    return Promise.resolve();
  }
  capturePage(): Promise<unknown> {
    return new Promise((resolve) => {
      this.drawn = resolve;
    });
  }
  executeJavaScriptInIsolatedWorld(): Promise<unknown> {
    return new Promise((resolve) => {
      this.pointed = resolve;
    });
  }
  /** As a page that closes itself does. */
  close(): void {
    this.isGone = true;
    this.emit("destroyed");
  }
  say(text: string): void {
    this.emit("console-message", {}, 1, text, 1, "workbench-preview://page/index.html");
  }
}

const electron = vi.hoisted(() => ({ opened: [] as unknown[] }));
vi.mock("electron", () => ({
  app: {
    on: () => undefined,
    off: () => undefined,
    getAppMetrics: () => [{ pid: noProcess, type: "Tab", memory: { workingSetSize: 1000 }, cpu: {} }],
  },
  session: {
    fromPartition: () => ({
      setSpellCheckerEnabled: () => undefined,
      webRequest: { onBeforeRequest: () => undefined },
      protocol: { handle: () => undefined },
    }),
  },
  WebContentsView: class {
    readonly #contents = new Contents();
    constructor() {
      electron.opened.push(this.#contents);
    }
    // As Electron's, which has none once they are gone.
    get webContents(): Contents | undefined {
      return this.#contents.isGone ? undefined : this.#contents;
    }
    setVisible(): void {}
    setBounds(): void {}
    setBackgroundColor(): void {}
  },
}));

const opened = (): Contents => electron.opened.at(-1) as Contents;
const page = (text: string): PreviewPage => ({ kind: "html", files: [{ name: "index.html", text }] });
const bounds = { x: 0, y: 0, width: 10, height: 10 };
let states: string[];
let lines: string[];
let children: Set<unknown>;
let preview: Preview;
const focusWindow = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  electron.opened = [];
  states = [];
  lines = [];
  children = new Set();
  focusWindow.mockClear();
  preview = new Preview({
    window: {
      isDestroyed: () => false,
      webContents: { focus: focusWindow, isDestroyed: () => false, getZoomFactor: () => 1 },
      contentView: {
        addChildView: (view: unknown) => children.add(view),
        removeChildView: (view: unknown) => children.delete(view),
      },
    } as unknown as BrowserWindow,
    texts: openTexts("en"),
    libraries: { text: () => Promise.resolve("") } as unknown as PreviewLibraries,
    tell: (name, data) => {
      if (name === "preview.changed") states.push((data as { state: string }).state);
      else lines.push(...(data as { entries: PreviewEntry[] }).entries.map(({ text }) => text));
    },
  });
});
afterEach(() => {
  preview.close();
  vi.useRealTimers();
});

test("a page that closes itself has ended, leaves no view behind, and can be started anew", async () => {
  preview.show(page("a"), false);
  opened().emit("dom-ready");
  opened().close();
  await vi.advanceTimersByTimeAsync(1);
  expect(states).toEqual(["loading", "running", "crashed"]);
  expect(children.size).toBe(0);
  preview.reload();
  opened().emit("dom-ready");
  expect(states.at(-1)).toBe("running");
  expect(children.size).toBe(1);
  opened().isGone = true;
  preview.close();
  expect(states.at(-1)).toBe("closed");
  expect(children.size).toBe(0);
});

test("what a page has written is not told of the page after it, which has a view of its own", () => {
  preview.show(page("a"), false);
  opened().emit("did-navigate");
  opened().say("of the first");
  const first = opened();
  preview.show(page("b"), false);
  expect(opened()).not.toBe(first);
  first.say("late");
  opened().say("of the second");
  vi.advanceTimersByTime(1000);
  expect(lines).toEqual(["of the second"]);
  expect(children.size).toBe(1);
});

test("a page that is being written keeps its view, in which no script runs", () => {
  preview.show(page("a"), true);
  preview.show(page("ab"), true);
  expect(electron.opened).toHaveLength(1);
  preview.show(page("abc"), false);
  expect(electron.opened).toHaveLength(2);
});

test("nothing is asked of a page before its document is there", () => {
  preview.show(page("a"), false);
  vi.advanceTimersByTime(5000);
  expect(opened().mainFrame.executeJavaScript).not.toHaveBeenCalled();
  opened().emit("did-navigate");
  vi.advanceTimersByTime(600);
  expect(opened().mainFrame.executeJavaScript).toHaveBeenCalledOnce();
  expect(states).toEqual(["loading"]);
  vi.advanceTimersByTime(30_000);
  expect(states).toEqual(["loading", "notResponding"]);
});

test("a page whose document never comes is ended", () => {
  preview.show(page("a"), false);
  vi.advanceTimersByTime(61_000);
  expect(states).toEqual(["loading", "notResponding"]);
});

test("Stop ends the page for which it was asked, and not the one after it", async () => {
  preview.show(page("a"), false);
  preview.place(bounds);
  const stopped = preview.stop();
  preview.show(page("b"), false);
  await vi.advanceTimersByTimeAsync(3000);
  await stopped;
  expect(states).toEqual(["loading", "loading"]);
});

test("the picture of a page is not shown for another one", async () => {
  preview.show(page("a"), false);
  preview.place(bounds);
  const taken = preview.picture();
  opened().drawn({ isEmpty: () => false, toPNG: () => Buffer.from("a") });
  expect(await taken).toEqual(new Uint8Array(Buffer.from("a")));
  preview.place(null);
  preview.reload();
  expect(await preview.picture()).not.toBeNull();
  preview.show(page("b"), false);
  expect(await preview.picture()).toBeNull();
});

test("once an element was clicked, the keyboard is with the window; where none was, it stays", async () => {
  preview.show(page("a"), false);
  const pointed = preview.point();
  await vi.advanceTimersByTimeAsync(0);
  opened().pointed({ selector: "p", html: "<p>" });
  expect(await pointed).toEqual({ selector: "p", html: "<p>" });
  expect(focusWindow).toHaveBeenCalledOnce();
  const ended = preview.point();
  await vi.advanceTimersByTimeAsync(0);
  preview.endPointing();
  expect(await ended).toBeNull();
  expect(focusWindow).toHaveBeenCalledOnce();
});

test("a page goes where it wants to once it may load again, with query and hash, and not once another is shown", () => {
  const wants = (target: string): void => {
    opened().emit("will-navigate", { url: `workbench-preview://page${target}`, preventDefault: () => undefined });
  };
  preview.show(page("a"), false);
  wants("/one.html");
  wants("/two.html?item=2#end");
  expect(opened().loaded).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  expect(opened().loaded.slice(1)).toEqual(["workbench-preview://page/two.html?item=2#end"]);
  wants("/three.html");
  const first = opened();
  preview.show(page("b"), false);
  vi.advanceTimersByTime(5000);
  expect(first.loaded).toHaveLength(2);
  expect(opened().loaded).toEqual(["workbench-preview://page/index.html"]);
});
