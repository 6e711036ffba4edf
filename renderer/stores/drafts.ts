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
  /** Forgets the draft of a chat that was left once main has it: another window may change it there. */
  leave: (chatId: string | null) => void;
}

export interface DraftsOptions {
  /** Resolves with whether main has saved it. Pasted texts that have not changed are left out. */
  save: (chatId: string | null, draft: string, pasted: string[] | undefined) => Promise<boolean>;
  isOpen: (chatId: string | null) => boolean;
  delayMs?: number | undefined;
}

const nothing: Draft = { draft: "", pasted: [] };

export function createDrafts({ save, isOpen, delayMs = 400 }: DraftsOptions): Drafts {
  const kept = new Map<string | null, Draft & { isSaved: boolean }>();
  let noted: { chatId: string | null; read: () => Draft } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function keep(chatId: string | null, { draft, pasted }: Draft, isSamePasted = false): Promise<void> {
    const entry = { draft, pasted, isSaved: false };
    kept.set(chatId, entry);
    entry.isSaved = await save(chatId, draft, isSamePasted ? undefined : pasted);
    leave(chatId);
  }

  function leave(chatId: string | null): void {
    // The draft of the next new chat is read from main only once.
    if (chatId !== null && !isOpen(chatId) && kept.get(chatId)?.isSaved) kept.delete(chatId);
  }

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
    void keep(chatId, now, isSamePasted && before.isSaved);
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
      kept.set(chatId, { ...draft, isSaved: true });
      return true;
    },
    clear: (chatId) => {
      if (noted?.chatId === chatId) noted = null;
      void keep(chatId, nothing);
    },
    leave,
  };
}

/** Compares the texts by identity where it can, because they may be long. */
const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((text, index) => text === other[index]));
