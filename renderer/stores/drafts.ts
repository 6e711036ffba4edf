/** What is typed and not sent, by chat; null is the chat not yet begun. */
export interface Drafts {
  /** Called on each keystroke: cheap, the text is read only when it is saved. */
  note: (chatId: string | null, read: () => string) => void;
  /** Saves what is noted, now: on leaving a chat, on blur, on closing. */
  flush: () => void;
  /** The newest text known here; undefined when main's copy is the newest. */
  peek: (chatId: string | null) => string | undefined;
  /** What main kept, unless something newer was typed here. Answers whether it is news. */
  offer: (chatId: string | null, draft: string) => boolean;
  /** After sending: the draft is empty, here and in main. */
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
