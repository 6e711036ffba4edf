import type { Draft } from "../../electron/contract/chats.ts";

/** Texts that were typed and not sent, by chat; null stands for the chat that the next message starts. */
export interface Drafts {
  /** Called on each keystroke. It is cheap, because the text is read only when it is saved. */
  note: (chatId: string | null, read: () => Draft) => void;
  /** Saves the noted text now: when a chat is left, on blur and on closing. */
  flush: () => void;
  /** Returns the newest draft in this window, or undefined if main's copy is the newest. */
  peek: (chatId: string | null) => Draft | undefined;
  /** Offers main's copy; ignored if something newer was typed here. Returns whether it changed the draft. */
  offer: (chatId: string | null, draft: Draft) => boolean;
  /** Empties the draft after sending, here and in main. */
  clear: (chatId: string | null) => void;
}

/** Pasted texts that have not changed are left out. */
export type SaveDraft = (chatId: string | null, draft: string, pasted: string[] | undefined) => void;

const nothing: Draft = { draft: "", pasted: [] };

export function createDrafts(save: SaveDraft, delayMs = 400): Drafts {
  const kept = new Map<string | null, Draft>();
  let noted: { chatId: string | null; read: () => Draft } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!noted) return;
    const { chatId, read } = noted;
    noted = null;
    const now = read();
    const before = kept.get(chatId);
    const isSamePasted = before !== undefined && areSame(before.pasted, now.pasted);
    if (isSamePasted && before.draft === now.draft) return;
    kept.set(chatId, now);
    save(chatId, now.draft, isSamePasted ? undefined : now.pasted);
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
      const isEmpty = draft.draft === "" && draft.pasted.length === 0;
      if (isEmpty || noted?.chatId === chatId || kept.has(chatId)) return false;
      kept.set(chatId, draft);
      return true;
    },
    clear: (chatId) => {
      if (noted?.chatId === chatId) noted = null;
      kept.set(chatId, nothing);
      save(chatId, "", []);
    },
  };
}

/** Compares the texts by identity where it can, because they may be long. */
const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((text, index) => text === other[index]));
