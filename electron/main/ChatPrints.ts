import type { BrowserWindow, WebContents } from "electron";
import { WorkbenchError } from "../contract/errors.ts";
import { appUrl } from "./appProtocol.ts";
import { chatAddress } from "./chatAddress.ts";

interface ChatPrint {
  window: BrowserWindow;
  /** The chat whose messages its page is drawing. */
  chatId: string;
  /** Called once the page shows all of them. */
  ready: () => void;
  fail: () => void;
}

export interface PdfOptions {
  thoughts: boolean;
  outline: boolean;
  messageId?: string;
}

/** Prints several chats, one after the other, in one hidden window, because opening one takes longer than a chat. */
export interface PdfPrints {
  /**
   * Resolves with the chat, or one of its messages, as a PDF, in which its headings are bookmarks if `outline` is set.
   * Rejects with `print-failed`, after which the next chat is printed in another window.
   */
  pdf: (chatId: string, options: PdfOptions) => Promise<Uint8Array>;
  close: () => void;
}

/** Chromium's words for a print dialog that the user closed. */
const cancelled = /cancel/i;
/** Even the longest chats take less to draw, and less to print. */
const mostMs = 10 * 60_000;

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
  async print(chatId: string, messageId?: string): Promise<void> {
    const print = this.#open();
    try {
      await this.#draw(print, chatId, false, messageId);
      const reason = await new Promise<string>((done) => {
        print.window.webContents.print({}, (success, failureReason) => done(success ? "" : failureReason));
      });
      if (reason !== "" && !cancelled.test(reason)) throw new WorkbenchError("print-failed", undefined, reason);
    } finally {
      this.#close(print);
    }
  }

  pdfs(): PdfPrints {
    let print: ChatPrint | null = null;
    return {
      pdf: async (chatId, { thoughts, outline, messageId }) => {
        if (print?.window.isDestroyed() !== false) print = this.#open();
        const { window } = print;
        try {
          await this.#draw(print, chatId, thoughts, messageId);
          const printed = window.webContents.printToPDF({
            printBackground: true,
            preferCSSPageSize: true,
            generateDocumentOutline: outline,
            // The outline is made from the tags.
            generateTaggedPDF: outline,
          });
          return await this.#inTime(print, printed);
        } catch (error) {
          this.#close(print);
          throw error instanceof WorkbenchError ? error : new WorkbenchError("print-failed", undefined, String(error));
        }
      },
      close: () => {
        if (print !== null) this.#close(print);
      },
    };
  }

  #open(): ChatPrint {
    const window = this.#openWindow();
    const print: ChatPrint = { window, chatId: "", ready: () => undefined, fail: () => undefined };
    window.on("closed", () => print.fail());
    window.webContents.on("render-process-gone", () => print.fail());
    this.#prints.add(print);
    return print;
  }

  /** Resolves once the window of a print shows all of a chat, or the message. In a window that shows another chat, only the chat changes. */
  async #draw(print: ChatPrint, chatId: string, thoughts: boolean, messageId?: string): Promise<void> {
    print.chatId = chatId;
    const page = `${appUrl}${thoughts ? "?print-thoughts" : "?print"}`;
    const drawn = new Promise<void>((resolve, reject) => {
      print.ready = resolve;
      print.window.loadURL(chatAddress(page, chatId, messageId)).catch(reject);
    }).catch(() => {
      throw new WorkbenchError("print-failed");
    });
    await this.#inTime(print, drawn);
  }

  /** Settles as `work` does. Rejects with `print-failed` if the window closes first, or nothing comes of it for too long. */
  async #inTime<Value>(print: ChatPrint, work: Promise<Value>): Promise<Value> {
    let late: NodeJS.Timeout | undefined;
    const failed = new Promise<never>((_, reject) => {
      print.fail = () => reject(new WorkbenchError("print-failed"));
      late = setTimeout(print.fail, mostMs);
    });
    return await Promise.race([work, failed]).finally(() => clearTimeout(late));
  }

  #close(print: ChatPrint): void {
    this.#prints.delete(print);
    if (!print.window.isDestroyed()) print.window.destroy();
  }

  /** Called when a page says that it shows all messages of a chat. */
  ready(window: BrowserWindow, chatId: string): void {
    const print = this.#find((each) => each.window === window);
    if (print?.chatId === chatId) print.ready();
  }

  /** Gives up what is being printed, because hidden windows would keep the app running. */
  close(): void {
    for (const { window } of this.#prints) if (!window.isDestroyed()) window.destroy();
  }

  #find(isIt: (print: ChatPrint) => boolean): ChatPrint | undefined {
    return [...this.#prints].find(isIt);
  }
}
