import type { BrowserWindow, WebContents } from "electron";
import { channels } from "../contract/bridge.ts";
import type { EventName, Events } from "../contract/events.ts";
import type { ZoomChange } from "../contract/shell.ts";
import type { Texts } from "../texts/texts.ts";
import type { PlainChats } from "../workbench/chats/PlainChats.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { appUrl } from "./appProtocol.ts";
import { chatAddress, chatInAddress } from "./chatAddress.ts";
import { showContextMenu } from "./contextMenu.ts";
import { LastWords } from "./LastWords.ts";
import { OpenChatWindows } from "./OpenChatWindows.ts";
import { pageWindow } from "./pageWindow.ts";
import { watchPage } from "./watchPage.ts";
import {
  keepWindowState,
  onSettled,
  placeOf,
  readWindowState,
  type WindowPlace,
  type WindowStateFile,
} from "./windowState.ts";
import { Zoom } from "./Zoom.ts";

export interface AppWindowsOptions {
  home: string;
  preload: string;
  icon: string;
  texts: Texts;
  plainChats: PlainChats;
  faults: FaultLog;
  /** Whether the next main window opens with the chat that is open when it is closed. */
  keepsChat: () => boolean;
  /** Called once the first window is shown with its contents. */
  onShown: () => void;
  /** Called with the address of a link that a page itself tried to open. */
  onLink: (window: BrowserWindow, url: string) => void;
  /** Called when another window has the focus, or the focused one shows something else. */
  onFocus: () => void;
  /** Called when somebody uses the keyboard or the mouse in a window. */
  onUsed: () => void;
  onClosed: () => void;
  /** Called when a page has crashed and is loaded again. */
  onReloaded: () => void;
}

/** How far a chat's window opens from the one before it, in pixels. */
const stepPixels = 24;

/** The windows that people see: the main window, and those of single chats. */
export class AppWindows {
  readonly #options: AppWindowsOptions;
  readonly #zoom: Zoom;
  readonly #openChats: OpenChatWindows;
  readonly #lastWords = new LastWords();
  /** The windows that may close, because what was typed in them is saved. */
  readonly #ready = new WeakSet<BrowserWindow>();
  /** The windows that the user has closed; they are there until what was typed in them is saved. */
  readonly #closing = new WeakSet<BrowserWindow>();
  #isEnding = false;
  #main: BrowserWindow | null = null;
  #focusedLast: BrowserWindow | null = null;
  /** By the id of their chat. */
  readonly #ofChats = new Map<string, BrowserWindow>();

  constructor(options: AppWindowsOptions) {
    this.#options = options;
    this.#zoom = new Zoom(options.home);
    this.#openChats = new OpenChatWindows(options.home);
  }

  get main(): BrowserWindow | null {
    return this.#main;
  }

  /** All windows, the main one first. */
  get all(): BrowserWindow[] {
    return [...(this.#main === null ? [] : [this.#main]), ...this.#ofChats.values()];
  }

  /** The window that the user works in; null if the focus is in another app. */
  get focused(): BrowserWindow | null {
    return this.all.find((window) => window.isFocused()) ?? null;
  }

  /** Whether the current window shows a chat with messages. */
  get showsChat(): boolean {
    const address = this.#current?.webContents.getURL() ?? "";
    return typeof chatInAddress(address) === "string";
  }

  /** Returns the window of a page, or null if it is not the page of one of these windows. */
  of(contents: WebContents): BrowserWindow | null {
    return this.all.find((window) => !window.isDestroyed() && window.webContents === contents) ?? null;
  }

  /** Returns the window that the user works in or worked in last. Shows the main one if there is none. */
  current(): BrowserWindow {
    return this.#current ?? this.showMain();
  }

  get #current(): BrowserWindow | null {
    return this.focused ?? this.all.find((window) => window === this.#focusedLast) ?? this.all[0] ?? null;
  }

  /** Sends an event to all windows. */
  tell<Name extends EventName>(name: Name, data: Events[Name]): void {
    for (const window of this.all) send(window, name, data);
  }

  /** Sends an event to one window once its page is there to hear it. */
  tellOne<Name extends EventName>(window: BrowserWindow, name: Name, data: Events[Name]): void {
    if (!window.webContents.isLoading()) send(window, name, data);
    else window.webContents.once("did-finish-load", () => send(window, name, data));
  }

  /** Shows the main window, and opens it if it was closed. */
  showMain(): BrowserWindow {
    if (this.#main !== null) return shown(this.#main);
    const { openChat, ...place } = readWindowState(this.#options.home, "window.json");
    const window = this.#open("window.json", place, chatAddress(appUrl, openChat), () => {
      void window.loadURL(`${appUrl}#/chat`);
    });
    this.#main = window;
    window.once("ready-to-show", () => window.show());
    window.on("closed", () => {
      this.#main = null;
      this.#options.onClosed();
    });
    return window;
  }

  /** Shows a chat in a window of its own, and opens it if there is none. */
  showChat(chatId: string): BrowserWindow {
    const own = this.#ofChats.get(chatId);
    if (own !== undefined) return shown(own);
    const window = this.#openChat(chatId, readWindowState(this.#options.home, "chat-window.json"));
    window.once("ready-to-show", () => window.show());
    return window;
  }

  /**
   * Opens the windows of chats again that were open when the app ended, behind the one that the user works in. Leaves
   * out a chat if `exists` resolves with false.
   */
  async reopenChats(exists: (chatId: string) => Promise<boolean>): Promise<void> {
    for (const { chatId, ...kept } of this.#openChats.take()) {
      if (this.#ofChats.has(chatId) || !(await exists(chatId)) || this.#ofChats.has(chatId)) continue;
      const window = this.#openChat(chatId, placeOf(kept));
      window.once("ready-to-show", () => window.showInactive());
    }
    this.#openChats.keep(this.#toReopen());
  }

  /**
   * Call before the app quits: the windows of chats will be opened again at the next start. Resolves once what was typed
   * in all windows is saved, and all calls that they made have arrived.
   */
  async end(): Promise<void> {
    this.#openChats.end(this.#toReopen());
    await Promise.all(this.all.map((window) => this.#save(window)));
    // What was done while they saved has arrived when they answer again.
    for (const window of this.all) takeNoInput(window);
    await Promise.all(this.all.map((window) => this.#save(window)));
    this.#isEnding = true;
  }

  /** Resolves once what was typed in all windows is saved, or cannot be. They stay open. */
  async saveTyped(): Promise<void> {
    await Promise.all(this.all.map((window) => this.#lastWords.ask(window)));
  }

  /** Loads all pages again, so that nothing of what they show stays in their memory. */
  reload(): void {
    for (const window of this.all) window.webContents.reload();
  }

  /** Call when a page has saved what was typed in it, before it closes. */
  left(window: BrowserWindow): void {
    this.#lastWords.said(window);
  }

  async #save(window: BrowserWindow): Promise<void> {
    await this.#lastWords.ask(window);
    this.#ready.add(window);
  }

  /** The windows of chats that the next start opens again. */
  #toReopen(): Map<string, BrowserWindow> {
    return new Map([...this.#ofChats].filter(([, window]) => !this.#closing.has(window)));
  }

  #openChat(chatId: string, place: WindowPlace): BrowserWindow {
    const window = this.#open("chat-window.json", place, chatAddress(`${appUrl}?chat`, chatId), () => {
      // The chat cannot be displayed here. The main window says so and offers it as plain text.
      window.close();
      this.showMain();
    });
    let shownId = chatId;
    const keep = (): void => this.#openChats.keep(this.#toReopen());
    this.#ofChats.set(shownId, window);
    keep();
    onSettled(window, keep);
    window.on("closed", () => {
      this.#ofChats.delete(shownId);
      keep();
      this.#options.onClosed();
    });
    window.webContents.on("did-navigate-in-page", (_event, url) => {
      const next = chatInAddress(url);
      // Its chat was deleted, or went on in a chat that has a window of its own.
      if (next === null || (next !== undefined && next !== shownId && this.#ofChats.has(next))) window.close();
      else if (next !== undefined) {
        this.#ofChats.delete(shownId);
        shownId = next;
        this.#ofChats.set(shownId, window);
        keep();
      }
    });
    return window;
  }

  /** Shows a chat where it is open: in its own window or else in the main one. */
  bringUp(chatId: string): void {
    if (this.#ofChats.has(chatId)) this.showChat(chatId);
    else this.tellOne(this.showMain(), "shell.showChat", { chatId });
  }

  zoom(to: ZoomChange): number {
    return this.#zoom.change(to, this.all);
  }

  #open(stateFile: WindowStateFile, place: WindowPlace, address: string, onPlain: () => void): BrowserWindow {
    const { home, preload, icon, texts, plainChats, faults, keepsChat, onShown, onLink, onFocus, onUsed, onReloaded } =
      this.#options;
    const { bounds, maximized, fullScreen } = place;
    const zoomFactor = this.#zoom.percent / 100;
    const window = pageWindow({ ...this.#besideOthers(bounds), preload, icon, zoomFactor, onLink });
    if (maximized) window.maximize();
    if (fullScreen) window.setFullScreen(true);
    keepWindowState(window, { home, fileName: stateFile, openChat: chatInAddress(address) ?? null, keepsChat });
    window.once("ready-to-show", onShown);
    window.on("close", (event) => {
      this.#closing.add(window);
      // A window that was opened after the last one was asked holds nothing.
      if (this.#isEnding || this.#ready.has(window)) return;
      event.preventDefault();
      void this.#save(window).then(() => !window.isDestroyed() && window.close());
    });
    // Windows ends the session, after which it may end the app at any time.
    window.on("query-session-end", () => void this.#lastWords.ask(window));
    window.on("focus", () => {
      this.#focusedLast = window;
      onFocus();
    });
    const { webContents: contents } = window;
    contents.on("input-event", onUsed);
    contents.on("did-navigate-in-page", onFocus);
    contents.on("did-finish-load", () => this.#zoom.apply(window));
    // The mouse wheel with Ctrl, or two fingers.
    contents.on("zoom-changed", (_event, direction) => this.zoom(direction));
    contents.on("context-menu", (_event, params) => showContextMenu(window, texts, params));
    watchPage(window, { address, texts, plainChats, faults, onReloaded, onPlain });
    void window.loadURL(address);
    return window;
  }

  /** Returns a position at which a window does not hide the one before it. */
  #besideOthers(bounds: Partial<Electron.Rectangle>): Partial<Electron.Rectangle> {
    const { x, y, ...size } = bounds;
    if (x === undefined || y === undefined) return size;
    const isTaken = this.all.some((window) => {
      const [otherX, otherY] = window.getPosition();
      return otherX === x && otherY === y;
    });
    return isTaken ? this.#besideOthers({ x: x + stepPixels, y: y + stepPixels, ...size }) : bounds;
  }
}

function send<Name extends EventName>(window: BrowserWindow, name: Name, data: Events[Name]): void {
  if (!window.isDestroyed()) window.webContents.send(channels.event, name, data);
}

function shown(window: BrowserWindow): BrowserWindow {
  // One that is opening is shown once there is something to see.
  if (!window.isVisible() && window.webContents.isLoading()) return window;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  return window;
}

/** From now on, nothing can be done in the window. It stays as it is, so that its place is kept. */
function takeNoInput(window: BrowserWindow): void {
  // On macOS, a disabled window shows an empty sheet.
  if (process.platform !== "darwin") window.setEnabled(false);
  else if (!window.isFullScreen()) window.hide();
}
