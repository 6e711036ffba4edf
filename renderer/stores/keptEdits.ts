import type { KeptEdit } from "../../electron/contract/chats.ts";

/** Keeps the message that is being edited, as it was last typed, so that it is there again after a crash. */
export interface KeptEdits {
  /** Called on each keystroke. It is cheap, because the text is read only when it is saved. */
  note: (chatId: string, edit: KeptEdit, read: () => string) => void;
  /** Saves the noted text now. */
  flush: () => void;
  /** Forgets the edit of a chat, because it was cancelled. */
  drop: (chatId: string) => void;
  /** Forgets what is noted and not saved, because it was sent. */
  sent: () => void;
}

export interface KeptEditsOptions {
  save: (chatId: string, edit: KeptEdit | null) => void;
  delayMs?: number | undefined;
}

export function createKeptEdits({ save, delayMs = 200 }: KeptEditsOptions): KeptEdits {
  let noted: { chatId: string; edit: KeptEdit; read: () => string } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = (): void => {
    clearTimeout(timer);
    timer = undefined;
    noted = null;
  };
  const flush = (): void => {
    const now = noted;
    forget();
    if (now !== null) save(now.chatId, { ...now.edit, text: now.read() });
  };
  return {
    note: (chatId, edit, read) => {
      noted = { chatId, edit, read };
      timer ??= setTimeout(flush, delayMs);
    },
    flush,
    drop: (chatId) => {
      forget();
      save(chatId, null);
    },
    sent: forget,
  };
}
