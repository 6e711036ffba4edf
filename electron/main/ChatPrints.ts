import type { BrowserWindow, WebContents } from "electron";
import { WorkbenchError } from "../contract/errors.ts";
import { appUrl } from "./appProtocol.ts";
import { chatAddress } from "./chatAddress.ts";

interface ChatPrint {
  window: BrowserWindow;
  /** Called once the page shows all messages. */
  ready: () => void;
}

/** Chromium's words for a print dialog that the user closed. */
const cancelled = /cancel/i;

/**
 * Prints chats. Each is drawn whole, for paper, in a hidden window, because the window that the user reads in draws
 * only the messages in view.
 */
export class ChatPrints {
  readonly #openWindow: () => BrowserWindow;
  readonly #prints = new Set<ChatPrint>();

  /** @param openWindow Creates a hidden window for our own page. */
  constructor(openWindow: () => BrowserWindow) {
    this.#openWindow = openWindow;
  }

  /** Returns the window of a page that is being printed, or null. */
  of(contents: WebContents): BrowserWindow | null {
    return this.#find(({ window }) => !window.isDestroyed() && window.webContents === contents)?.window ?? null;
  }

  /** Opens the system's print dialog. Resolves once it is closed. Rejects with `print-failed`. */
  async print(chatId: string): Promise<void> {
    await this.#draw(chatId, false, async (contents) => {
      const reason = await new Promise<string>((done) => {
        contents.print({}, (success, failureReason) => done(success ? "" : failureReason));
      });
      if (reason !== "" && !cancelled.test(reason)) throw new WorkbenchError("print-failed", undefined, reason);
    });
  }

  /** Resolves with the chat as a PDF. Rejects with `print-failed`. */
  async pdf(chatId: string, thoughts: boolean): Promise<Uint8Array> {
    return await this.#draw(chatId, thoughts, (contents) =>
      contents.printToPDF({ printBackground: true, generateDocumentOutline: true, preferCSSPageSize: true }),
    );
  }

  async #draw<Result>(
    chatId: string,
    thoughts: boolean,
    print: (contents: WebContents) => Promise<Result>,
  ): Promise<Result> {
    const window = this.#openWindow();
    const drawing: ChatPrint = { window, ready: () => undefined };
    this.#prints.add(drawing);
    const drawn = new Promise<void>((resolve, reject) => {
      drawing.ready = resolve;
      const fail = (): void => reject(new WorkbenchError("print-failed"));
      window.on("closed", fail);
      window.webContents.on("render-process-gone", fail);
    });
    try {
      void window.loadURL(chatAddress(`${appUrl}${thoughts ? "?print-thoughts" : "?print"}`, chatId));
      await drawn;
      return await print(window.webContents);
    } finally {
      this.#prints.delete(drawing);
      if (!window.isDestroyed()) window.destroy();
    }
  }

  /** Called when a page says that it shows all messages. */
  ready(window: BrowserWindow): void {
    this.#find((print) => print.window === window)?.ready();
  }

  /** Gives up what is being printed, because hidden windows would keep the app running. */
  close(): void {
    for (const { window } of this.#prints) if (!window.isDestroyed()) window.destroy();
  }

  #find(isIt: (print: ChatPrint) => boolean): ChatPrint | undefined {
    return [...this.#prints].find(isIt);
  }
}
