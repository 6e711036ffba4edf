import type { Draft, SavedDraft } from "../../electron/contract/chats.ts";
import { mergeDrafts } from "../../electron/contract/mergeTexts.ts";

/** Where a draft is being typed. */
export interface DraftField {
  /** Shows a draft that was changed in another window too. */
  show: (draft: Draft) => void;
  /** Whether the text must not be changed now, because an input method is composing in it. */
  isBusy: () => boolean;
}

/**
 * Texts that were typed and not sent, by chat; null stands for the chat that the next message starts. Two windows may
 * show the same one: what is typed in either of them reaches the other, and where both have typed, both stay.
 */
export interface Drafts {
  /** Called on each keystroke. It is cheap, because the text is read only when it is saved. */
  note: (chatId: string | null, read: () => Draft) => void;
  /** Saves the noted text now, unless main's draft of its open chat is still to come. */
  save: () => void;
  /** Saves the noted text now, whatever is known of main's draft: when a chat is left, and on closing. */
  flush: () => void;
  /** Saves what could not be saved. */
  retry: () => void;
  /** Returns the newest draft in this window, or undefined if none is known here. */
  peek: (chatId: string | null) => Draft | undefined;
  /**
   * Offers main's copy of a chat that is opened; ignored if one is known here. What was typed by then follows it, as if it
   * had been there. Returns whether anything was.
   */
  offer: (chatId: string | null, draft: Draft) => boolean;
  /** Adds a text at the end, on a line of its own. */
  add: (chatId: string, text: string) => void;
  /** Tells that another window has saved or sent a draft. */
  hear: (chatId: string, told: SavedDraft) => void;
  /** Shows the draft, and the changes of another window, in this field until the returned function is called. */
  attach: (chatId: string | null, field: DraftField) => () => void;
  /** Shows what had to wait until the field was no longer busy. */
  settle: (chatId: string | null) => void;
  /** Moves the draft of the next new chat to the chat that was created for it. */
  begin: (chatId: string) => void;
  /** Call when a draft is being sent. `sent` resolves with whether main has stored the message. */
  sending: (chatId: string, from: Draft, sent: Promise<boolean>) => void;
  /** Forgets the draft of a chat that was left once main has it. */
  leave: (chatId: string | null) => void;
}

export interface DraftsOptions {
  /**
   * Resolves with the draft that main has saved, with null if that failed, or with "gone" if there is no such chat any
   * more. Pasted texts that have not changed are left out.
   */
  save: (chatId: string | null, draft: SavedDraft, before: SavedDraft) => Promise<SavedDraft | "gone" | null>;
  isOpen: (chatId: string | null) => boolean;
  delayMs?: number | undefined;
}

/** The newest draft in this window. */
interface Entry extends Draft {
  /** Main's draft that this one is a change of; null if this one was typed before main's was known. */
  known: Draft | null;
  /** How many calls that change main's draft have no answer yet. */
  asked: number;
  /** What main told meanwhile, or while the field was busy. */
  told: SavedDraft | null;
  /** Whether a save has failed since the last one that did not. */
  hasFailed: boolean;
}

const nothing: Draft = { draft: "", pasted: [] };

/** A crash of the system loses at most what was typed in this time. */
const saveAfterMs = 200;

export function createDrafts({ save, isOpen, delayMs = saveAfterMs }: DraftsOptions): Drafts {
  const entries = new Map<string | null, Entry>();
  const fields = new Map<string | null, DraftField>();
  /** Drafts with changes of two windows that main does not have yet. */
  const merged = new Set<string | null>();
  let noted: { chatId: string | null; read: () => Draft } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const entryOf = (chatId: string | null): Entry => {
    const entry = entries.get(chatId) ?? { ...nothing, known: nothing, asked: 0, told: null, hasFailed: false };
    entries.set(chatId, entry);
    return entry;
  };
  const newest = (chatId: string | null): Draft | undefined =>
    noted?.chatId === chatId ? noted?.read() : entries.get(chatId);

  /** Saves the newest draft unless main has it. */
  function keep(chatId: string | null): void {
    const entry = entryOf(chatId);
    const { draft, pasted } = newest(chatId) ?? nothing;
    if (noted?.chatId === chatId) noted = null;
    merged.delete(chatId);
    Object.assign(entry, { draft, pasted });
    const known = entry.known ?? nothing;
    const isSamePasted = areSame(known.pasted, pasted);
    if (!entry.hasFailed && isSamePasted && known.draft === draft) return;
    entry.known = { draft, pasted };
    entry.asked += 1;
    const saved =
      isSamePasted && !entry.hasFailed
        ? save(chatId, { draft }, { draft: known.draft })
        : save(chatId, { draft, pasted }, known);
    void saved.then((answer) => {
      entry.asked -= 1;
      if (answer === "gone") {
        moveToNext(chatId);
        return;
      }
      if (answer === null) entry.hasFailed = true;
      else if (entry.hasFailed) {
        // Main's copy lacks what could not be saved.
        entry.known = { draft: answer.draft, pasted: answer.pasted ?? [] };
        entry.hasFailed = false;
        keep(chatId);
        // The answer that is still to come includes this one.
      } else if (entry.asked === 0) entry.told = { ...entry.told, ...answer };
      settle(chatId);
      leave(chatId);
    });
  }

  /** Takes over what main told last, once there is nothing newer to wait for. */
  function settle(chatId: string | null): void {
    const entry = entries.get(chatId);
    if (!entry?.told || entry.asked > 0) return;
    const { known } = entry;
    const told = { draft: entry.told.draft, pasted: entry.told.pasted ?? known?.pasted ?? [] };
    const now = newest(chatId) ?? nothing;
    const both = known === null ? followedBy(told, now) : mergeDrafts(known, told, now);
    const field = fields.get(chatId);
    const isNews = !areSameDrafts(both, now);
    if (isNews && field?.isBusy() === true) return;
    entry.told = null;
    entry.known = told;
    if (isNews) {
      if (noted?.chatId === chatId) noted = null;
      Object.assign(entry, both);
      field?.show(both);
    }
    if (areSameDrafts(both, told)) return;
    merged.add(chatId);
    timer ??= setTimeout(saveKnown, delayMs);
  }

  /** The words of a chat that is gone become those of the next new chat. */
  function moveToNext(chatId: string | null): void {
    const left = newest(chatId);
    if (noted?.chatId === chatId) noted = null;
    entries.delete(chatId);
    if (chatId === null || left === undefined || areSameDrafts(left, nothing)) return;
    add(null, left);
  }

  function add(chatId: string | null, { draft, pasted }: Draft): void {
    const before = newest(chatId) ?? nothing;
    const entry = entryOf(chatId);
    const words = before.draft === "" || draft === "" ? before.draft + draft : `${before.draft}\n${draft}`;
    Object.assign(entry, { draft: words, pasted: [...before.pasted, ...pasted] });
    if (noted?.chatId === chatId) noted = null;
    fields.get(chatId)?.show(entry);
    keep(chatId);
  }

  function leave(chatId: string | null): void {
    const entry = entries.get(chatId);
    // The draft of the next new chat is read from main only once.
    if (chatId === null || entry === undefined || isOpen(chatId)) return;
    if (entry.asked === 0 && !entry.hasFailed && areSameDrafts(entry, entry.known ?? nothing)) entries.delete(chatId);
  }

  function saveKnown(): void {
    const chatId = noted?.chatId;
    // It is saved once main's draft has come, with which it belongs together.
    const isEarly = chatId !== undefined && isOpen(chatId) && (entries.get(chatId)?.known ?? null) === null;
    clearTimeout(timer);
    timer = undefined;
    if (noted && !isEarly) keep(noted.chatId);
    for (const mergedId of merged) if (mergedId !== chatId || !isEarly) keep(mergedId);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (noted) keep(noted.chatId);
    for (const chatId of merged) keep(chatId);
  }

  return {
    note: (chatId, read) => {
      if (noted && noted.chatId !== chatId) flush();
      noted = { chatId, read };
      timer ??= setTimeout(saveKnown, delayMs);
    },
    save: saveKnown,
    flush,
    retry: () => {
      for (const [chatId, { hasFailed, asked }] of entries) if (hasFailed && asked === 0) keep(chatId);
    },
    peek: newest,
    offer: (chatId, draft) => {
      if (entries.has(chatId)) return false;
      const isTyped = noted?.chatId === chatId && !areSameDrafts(noted.read(), nothing);
      Object.assign(entryOf(chatId), { known: isTyped ? null : nothing, told: draft });
      settle(chatId);
      return isTyped;
    },
    add: (chatId, text) => add(chatId, { draft: text, pasted: [] }),
    hear: (chatId, told) => {
      const entry = entries.get(chatId);
      if (entry === undefined) return;
      entry.told = { ...entry.told, ...told };
      settle(chatId);
    },
    attach: (chatId, field) => {
      fields.set(chatId, field);
      // It may have become known since the field was drawn.
      const entry = entries.get(chatId);
      if (entry && noted?.chatId !== chatId) field.show(entry);
      return () => void (fields.get(chatId) === field && fields.delete(chatId));
    },
    settle,
    begin: (chatId) => {
      const { draft, pasted } = newest(null) ?? nothing;
      Object.assign(entryOf(chatId), { draft, pasted });
      if (noted?.chatId === null) noted = { chatId, read: noted.read };
      Object.assign(entryOf(null), nothing);
    },
    sending: (chatId, from, sent) => {
      const entry = entryOf(chatId);
      entry.asked += 1;
      void sent.then((isSent) => {
        entry.asked -= 1;
        if (isSent) {
          entry.known = from;
          entry.told ??= nothing;
        }
        settle(chatId);
        if (!isSent) keep(chatId);
        // The chat was created for it.
        keep(null);
        leave(chatId);
      });
    },
    leave,
  };
}

const followedBy = (first: Draft, second: Draft): Draft => ({
  draft: first.draft + second.draft,
  pasted: [...first.pasted, ...second.pasted],
});

const areSameDrafts = (one: Draft, other: Draft): boolean =>
  one.draft === other.draft && areSame(one.pasted, other.pasted);

/** Compares the texts by identity where it can, because they may be long. */
const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((text, index) => text === other[index]));
