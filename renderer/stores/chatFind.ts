import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatHit } from "../../electron/contract/chats.ts";
import { queryWords } from "../../electron/contract/foundWords.ts";
import { coalesced } from "./coalesced.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";
import { liveHits } from "./liveHits.ts";
import type { ReadingStore } from "./reading.ts";
import type { RunsStore } from "./runs.ts";

/** One place in the chat where the query was found. */
export interface FindPlace {
  messageId: string;
  part: ChatHit["part"];
  /** Which of the places in this part, counted from 0, and how many it has. */
  nth: number;
  count: number;
}

export interface ChatFindState {
  /** Whether the field is shown. The counts and the marks of a search are shown without it. */
  isOpen: boolean;
  query: string;
  /** Whether the words must follow each other. The words of a search need not. */
  asPhrase: boolean;
  /** Null while nothing is looked for, or until it was looked for. */
  hits: readonly ChatHit[] | null;
  total: number;
  /** Counted from 0; null until one was chosen. */
  index: number | null;
  current: FindPlace | null;
  /** Increases when the current place is to be shown, even if it is the same again. */
  shows: number;
  /** Returns whether the current place has yet to be shown. After that, the user's own place takes precedence. */
  isToShow: () => boolean;
  wasShown: () => void;
  /** Shows the field. */
  open: () => void;
  /** Removes the field, the counts and the marks. */
  close: () => void;
  /** Looks for this in the open chat, and shows the first place at or after the current one. */
  find: (query: string) => Promise<void>;
  /** Marks what a search found in the chat that it opens, and counts it. */
  follow: (query: string, messageId: string) => Promise<void>;
  /** Shows the next (1) or previous (-1) place. */
  step: (step: 1 | -1) => void;
}
export type ChatFindStore = StoreApi<ChatFindState>;

export interface ChatFindOptions {
  conversation: ConversationStore;
  reading: ReadingStore;
  runs: RunsStore;
}

/** The reply that is being written is counted again after this time, and after 20 times as long as counting took. */
const recountMs = 500;

const nothing = { query: "", asPhrase: true, hits: null, total: 0, index: null, current: null };

/** Creates the store of what is looked for in the open chat. */
export function createChatFindStore(door: Door, { conversation, reading, runs }: ChatFindOptions): ChatFindStore {
  let shown = 0;
  /** What main found: all messages but the one that is being written. */
  let kept: readonly ChatHit[] = [];
  const withLive = (): { hits: ChatHit[]; total: number } => {
    const { query, asPhrase } = store.getState();
    const run = runs.getState().byChat[conversation.getState().openId ?? ""];
    const hits = [...kept.filter(({ messageId }) => messageId !== run?.message.id), ...liveHits(run, query, asPhrase)];
    return { hits, total: hits.reduce((sum, { count }) => sum + count, 0) };
  };
  const store = createStore<ChatFindState>()((set, get) => {
    /** Opens what hides the place, and has it read if it is not. */
    const show = (place: FindPlace): void => {
      const { openThoughts, toggleThought } = reading.getState();
      if (place.part === "thought" && !openThoughts.has(place.messageId)) toggleThought(place.messageId);
      const { openId, conversation: shown, open } = conversation.getState();
      const isRead = shown?.state === "ready" && shown.value.messages.some(({ id }) => id === place.messageId);
      if (!isRead && openId !== null) open(openId, { messageId: place.messageId, query: get().query });
    };
    const goTo = (index: number): void => {
      const current = placeAt(get().hits ?? [], index);
      set({ index, current, shows: get().shows + 1 });
      if (current !== null) show(current);
    };

    const look = coalesced(async () => {
      const { query, asPhrase } = get();
      const { openId: chatId } = conversation.getState();
      if (chatId === null || queryWords(query).length === 0) return;
      const hits = await door.call("chats.find", { chatId, query, asPhrase }).catch(() => []);
      if (get().query !== query || conversation.getState().openId !== chatId) return;
      kept = hits;
      set(withLive());
    });

    return {
      isOpen: false,
      ...nothing,
      shows: 0,
      isToShow: () => get().current !== null && get().shows !== shown,
      wasShown: () => {
        shown = get().shows;
      },
      open: () => set({ isOpen: true }),
      close: () => set({ isOpen: false, ...nothing }),
      find: async (query) => {
        const from = get().current?.messageId;
        set({ query, asPhrase: true, ...(queryWords(query).length === 0 ? { ...nothing, query } : {}) });
        await look();
        const { hits, total } = get();
        if (get().query !== query || hits === null) return;
        if (total === 0) set({ index: null, current: null });
        else goTo(from === undefined ? 0 : indexFrom(hits, from));
      },
      follow: async (query, messageId) => {
        set({ ...nothing, query, asPhrase: false });
        await look();
        const { hits, total } = get();
        if (get().query !== query || hits === null || total === 0) return;
        const index = indexFrom(hits, messageId, "text");
        // The search has opened the chat at its message.
        set({ index, current: placeAt(hits, index), shows: get().shows + 1 });
      },
      step: (step) => {
        const { total, index } = get();
        if (total === 0) return;
        goTo(index === null ? (step === 1 ? 0 : total - 1) : (index + step + total) % total);
      },
    };
  });

  conversation.subscribe(({ openId }, before) => {
    if (openId !== before.openId) store.getState().close();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rest = recountMs;
  runs.subscribe(({ byChat }) => {
    const { query, hits } = store.getState();
    const { openId } = conversation.getState();
    if (timer !== undefined || query === "" || hits === null || openId === null || !(openId in byChat)) return;
    timer = setTimeout(() => {
      timer = undefined;
      // A search that was ended or begun meanwhile has its own count.
      if (store.getState().hits === null || store.getState().query === "") return;
      const started = performance.now();
      const counted = withLive();
      rest = Math.max(recountMs, 20 * (performance.now() - started));
      if (counted.total !== store.getState().total) store.setState(counted);
    }, rest);
  });
  // The reply may contain it; where the reader is stays.
  onNamed(door, "runs.ended", ({ chatId }) => {
    const { query, asPhrase, index } = store.getState();
    if (query === "" || chatId !== conversation.getState().openId) return;
    void door.call("chats.find", { chatId, query, asPhrase }).then(
      (hits) => {
        if (store.getState().query !== query || chatId !== conversation.getState().openId) return;
        kept = hits;
        store.setState({ ...withLive(), index });
      },
      () => undefined,
    );
  });
  return store;
}

function placeAt(hits: readonly ChatHit[], index: number): FindPlace | null {
  let first = 0;
  for (const { messageId, part, count } of hits) {
    if (index < first + count) return { messageId, part, nth: index - first, count };
    first += count;
  }
  return null;
}

/** Returns the index of the first place in this message, or 0. */
function indexFrom(hits: readonly ChatHit[], messageId: string, part?: ChatHit["part"]): number {
  const matches = (hit: ChatHit): boolean => hit.messageId === messageId && (part ?? hit.part) === hit.part;
  const at = hits.findIndex(matches);
  return at === -1 ? 0 : hits.slice(0, at).reduce((sum, { count }) => sum + count, 0);
}
