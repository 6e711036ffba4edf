import { type BrowserWindow, type Rectangle, type WebContents, WebContentsView } from "electron";
import type { EventName, Events } from "../../contract/events.ts";
import type { Texts } from "../../texts/texts.ts";
import type { PointedElement, PreviewBounds, PreviewPage, PreviewState } from "../../contract/preview.ts";
import { ConsoleLines } from "./ConsoleLines.ts";
import { endContents, endProcess } from "./endContents.ts";
import { libraryHosts } from "./findLibrary.ts";
import { guardPreview } from "./guardPreview.ts";
import { giveFocus, keepFocusOut } from "./keepFocusOut.ts";
import { documentPath, pageFile } from "./pageFile.ts";
import { PageNotes } from "./PageNotes.ts";
import { PageWatch } from "./PageWatch.ts";
import type { PreviewLibraries } from "./PreviewLibraries.ts";
import { endPointingInPage, pointInPage } from "./pointInPage.ts";
import { PreviewPartition } from "./PreviewPartition.ts";
import { previewPolicy } from "./previewPolicy.ts";
import { previewAddress } from "./previewScheme.ts";
import { readConsole } from "./readConsole.ts";
import { untrustedPreferences } from "./untrustedPreferences.ts";

export interface PreviewOptions {
  window: BrowserWindow;
  texts: Texts;
  libraries: PreviewLibraries;
  tell: <Name extends EventName>(name: Name, data: Events[Name]) => void;
}

type State = PreviewState["state"];

/** A page may load itself again this often. */
const betweenLoadsMs = 1000;
/** What a page draws may be needed when it no longer draws. */
const pictureMs = 2000;
const mostTries = 20;

/**
 * The page that is shown beside the chat of one window: a view with a session and a process of its own. It has no
 * preload script and so no bridge; docs/preview.md says what it may do.
 */
export class Preview {
  readonly #options: PreviewOptions;
  readonly #partition: PreviewPartition;
  readonly #lines: ConsoleLines;
  readonly #notes: PageNotes;
  #page: PreviewPage | null = null;
  #isPartial = false;
  #view: WebContentsView | null = null;
  /** The view's. Once they are gone, as when the page closes itself, the view has none. */
  #contents: WebContents | null = null;
  #watch: PageWatch | null = null;
  #state: State = "closed";
  #bounds: PreviewBounds | null = null;
  #picture: Uint8Array | null = null;
  #loadedAtMs = 0;
  /** Waits until the page may go where it wants to. */
  #goes: NodeJS.Timeout | undefined;
  /** Ends the pointing, if there is one. */
  #giveUp: () => void = () => undefined;

  constructor(options: PreviewOptions) {
    this.#options = options;
    this.#partition = new PreviewPartition({
      find: (path) => (this.#page === null ? null : pageFile(this.#page, path)),
      libraries: options.libraries,
      policy: () => previewPolicy(this.#isPartial, libraryHosts),
      onLibrary: (library) => void this.#notes.loaded(library),
      onRefused: (url) => this.#refused(url),
    });
    this.#lines = new ConsoleLines(
      (entries, dropped) => options.tell("preview.logged", { entries, dropped }),
      () => this.#end("tooMuchLogging"),
    );
    const onNote = (text: string): void => this.#lines.add({ level: "note", text, line: null, file: null });
    this.#notes = new PageNotes(options.texts, options.libraries, onNote);
  }

  show(page: PreviewPage, isPartial: boolean): void {
    // The next piece of a page that is being written looks much like the one before.
    if (!this.#isPartial) this.#picture = null;
    const keepsView = this.#isPartial && isPartial;
    this.#page = page;
    this.#isPartial = isPartial;
    this.#start(page, keepsView);
  }

  reload(): void {
    if (this.#page !== null) this.#start(this.#page, this.#isPartial);
  }

  place(bounds: PreviewBounds | null): void {
    this.#bounds = bounds;
    this.#place();
  }

  /** Resolves with a picture of the page as a PNG, or of how it was when it was last drawn, or with null. */
  async picture(): Promise<Uint8Array | null> {
    const contents = this.#contents;
    if (contents !== null && this.#bounds !== null) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, pictureMs);
      });
      await Promise.race([this.#takePicture(contents), late]).finally(() => clearTimeout(timer));
    }
    return this.#picture;
  }

  async stop(): Promise<void> {
    const view = this.#view;
    await this.picture();
    // Meanwhile it may have ended, or another one may be shown, which nobody has stopped.
    if (view !== null && this.#view === view) this.#end("stopped");
  }

  close(): void {
    if (this.#state === "closed") return;
    this.#page = null;
    this.#picture = null;
    this.#bounds = null;
    this.#end("closed");
  }

  focus(): void {
    if (this.#bounds !== null && this.#contents !== null) giveFocus(this.#contents);
  }

  /** Resolves with the element that the user clicks, or with null if the pointing or the page ends before. */
  async point(): Promise<PointedElement | null> {
    const contents = this.#contents;
    const script = await this.#options.libraries.text("point.js");
    if (contents === null || contents !== this.#contents || script === null) return null;
    this.#giveUp();
    const givenUp = new Promise<null>((resolve) => {
      this.#giveUp = () => resolve(null);
    });
    const pointed = await Promise.race([pointInPage(contents, script), givenUp]);
    // What is typed next is about the element, and not for the page that was clicked.
    const { window } = this.#options;
    if (pointed !== null && !window.isDestroyed()) window.webContents.focus();
    return pointed;
  }

  endPointing(): void {
    this.#giveUp();
    this.#giveUp = () => undefined;
    if (this.#contents !== null) endPointingInPage(this.#contents);
  }

  /** Call when the window is gone. */
  async dispose(): Promise<void> {
    this.#page = null;
    this.#endView();
    await this.#partition.close();
  }

  /** Only where no script runs, before and after, may the view stay: a page leaves its name, and may refuse to leave. */
  #start(page: PreviewPage, keepsView: boolean): void {
    // The window has emptied its list already, so lines that wait would be taken for those of this page.
    this.#lines.clear();
    if (!keepsView) this.#endView();
    this.#load(documentPath(page));
  }

  /** Goes where the page wants to go, as soon as it may load something again. */
  #go(target: string): void {
    clearTimeout(this.#goes);
    this.#goes = setTimeout(() => this.#load(target), this.#loadedAtMs + betweenLoadsMs - performance.now());
  }

  #load(target: string): void {
    clearTimeout(this.#goes);
    this.#giveUp();
    this.#lines.flush();
    this.#notes.clear();
    this.#loadedAtMs = performance.now();
    const contents = this.#contents ?? this.#open();
    this.#watch?.loads();
    this.#set("loading");
    this.#place();
    contents.loadURL(previewAddress(target.slice(1))).catch(() => undefined);
  }

  #open(): WebContents {
    const { window } = this.#options;
    const view = new WebContentsView({
      webPreferences: untrustedPreferences(this.#partition.session),
    });
    const { webContents: contents } = view;
    this.#view = view;
    this.#contents = contents;
    guardPreview(contents, {
      onGo: (target) => this.#go(target),
      onRefused: (url) => this.#refused(url),
      onLeave: () => window.webContents.focus(),
      onEscape: () => this.endPointing(),
    });
    readConsole(contents, (line) => {
      // A page without its scripts has nothing to say but that it has none.
      if (!this.#isPartial && this.#view === view) this.#lines.add(line);
    });
    keepFocusOut(contents, window.webContents);
    let pid = 0;
    contents.on("did-navigate", () => {
      pid = contents.getOSProcessId();
      if (this.#view === view) this.#watch?.hasLoaded();
    });
    contents.on("dom-ready", () => {
      if (this.#view === view) this.#set("running");
    });
    contents.on("render-process-gone", (_event, { reason }) => {
      if (this.#view === view) this.#end(reason === "oom" ? "tooMuchMemory" : "crashed");
    });
    // Not within their end.
    contents.once("destroyed", () => {
      setImmediate(() => {
        if (this.#view !== view) return;
        endProcess(pid);
        this.#end("crashed");
      });
    });
    this.#watch = new PageWatch(contents, window.webContents, (trouble) => this.#end(trouble));
    view.setBackgroundColor("#ffffff");
    view.setVisible(false);
    window.contentView.addChildView(view);
    return contents;
  }

  #end(state: State): void {
    this.#endView();
    this.#set(state);
  }

  #endView(): void {
    const view = this.#view;
    const contents = this.#contents;
    this.#view = null;
    this.#contents = null;
    clearTimeout(this.#goes);
    this.#giveUp();
    this.#watch?.stop();
    this.#lines.flush();
    if (view === null || contents === null) return;
    const { window } = this.#options;
    const hadFocus = !contents.isDestroyed() && contents.isFocused();
    if (!window.isDestroyed()) {
      window.contentView.removeChildView(view);
      if (hadFocus) window.webContents.focus();
    }
    endContents(contents);
  }

  /** Keeps a picture of the page. One that comes late is for the call that follows. */
  async #takePicture(contents: WebContents): Promise<void> {
    const page = this.#page;
    const isShown = (): boolean => this.#contents === contents && !contents.isDestroyed() && this.#page === page;
    // Nothing is drawn yet of a page that has just got its place.
    for (let tries = 0; tries < mostTries && isShown(); tries++) {
      const image = await contents.capturePage().catch(() => null);
      if (!isShown()) return;
      if (image !== null && !image.isEmpty()) {
        this.#picture = new Uint8Array(image.toPNG());
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pictureMs / mostTries));
    }
  }

  #place(): void {
    const view = this.#view;
    if (view === null) return;
    const bounds = this.#bounds;
    view.setVisible(bounds !== null);
    if (this.#contents?.isDestroyed() === false) this.#contents.setAudioMuted(bounds === null);
    if (bounds !== null) view.setBounds(inWindow(bounds, this.#options.window.webContents.getZoomFactor()));
  }

  #refused(url: string): void {
    // It is shown again and again while it is written, and asks for the same each time.
    if (this.#isPartial) return;
    this.#lines.add({ level: "network", text: url, line: null, file: null });
    this.#notes.refused(url);
  }

  #set(state: State): void {
    this.#state = state;
    this.#options.tell("preview.changed", { state, isPartial: this.#isPartial });
  }
}

/** The window's page may be drawn larger or smaller; its pixels are not the window's. */
function inWindow({ x, y, width, height }: PreviewBounds, zoom: number): Rectangle {
  const left = Math.round(x * zoom);
  const top = Math.round(y * zoom);
  return {
    x: left,
    y: top,
    width: Math.round((x + width) * zoom) - left,
    height: Math.round((y + height) * zoom) - top,
  };
}
