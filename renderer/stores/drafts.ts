/** Texts that were typed and not sent, by chat; null stands for the chat that the next message starts. */
export interface Drafts {
  /** Called on each keystroke. It is cheap, because the text is read only when it is saved. */
  note: (chatId: string | null, read: () => string) => void;
  /** Saves the noted text now: when a chat is left, on blur and on closing. */
  flush: () => void;
  /** Returns the newest text in this window, or undefined if main's copy is the newest. */
  peek: (chatId: string | null) => string | undefined;
  /** Offers main's copy; ignored if something newer was typed here. Returns whether it changed the draft. */
  offer: (chatId: string | null, draft: string) => boolean;
  /** Empties the draft after sending, here and in main. */
  clear: (chatId: string | null) => void;
}

export function createDrafts(save: (chatId: string | null, draft: string) => void, delayMs = 400): Drafts {
  const kept = new Map<string | null, string>();
  let noted: { chatId: string | null; read: () => string } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!noted) return;
    const { chatId, read } = noted;
    noted = null;
    const draft = read();
    if (kept.get(chatId) === draft) return;
    kept.set(chatId, draft);
    save(chatId, draft);
  }

  return {
    note: (chatId, read) => {
      if (noted && noted.chatId !== chatId) flush();
      noted = { chatId, read };
      timer ??= setTimeout(flush, delayMs);
    },
    flush,
    peek: (chatId) => (noted?.chatId === chatId ? noted?.read() : kept.get(chatId)),
    offer: (chatId, draft) => {
      if (draft === "" || noted?.chatId === chatId || kept.has(chatId)) return false;
      kept.set(chatId, draft);
      return true;
    },
    clear: (chatId) => {
      if (noted?.chatId === chatId) noted = null;
      kept.set(chatId, "");
      save(chatId, "");
    },
  };
}
