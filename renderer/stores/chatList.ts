import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatSummary } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ChatNews } from "../../electron/contract/events.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { numberedNews } from "./numberedNews.ts";

/** A deleted chat that can still be restored. */
export interface Deletion {
  chatId: string;
  title: string;
}

export interface ChatListState {
  /** The pages read so far, most recently changed first. */
  list: Loadable<ChatSummary[]>;
  /** Cursor of the next page; null: all chats have been read. */
  next: string | null;
  deletions: Deletion[];
  refresh: () => Promise<void>;
  /** Reads the next page, if there is one. */
  readMore: () => Promise<void>;
  rename: (chatId: string, title: string) => Promise<void>;
  remove: (chatId: string) => Promise<void>;
  undoRemove: (chatId: string) => Promise<void>;
  /** Ends the time for undo and erases the chat. */
  purge: (chatId: string) => Promise<void>;
}
export type ChatListStore = StoreApi<ChatListState>;

export interface ChatListOptions {
  /** Called before a chat is deleted. */
  onRemove: (chatId: string) => void;
  /** Called after a chat was deleted in this window. */
  onRemoved: (chatId: string) => void;
  onNews: (news: ChatNews) => void;
  /** Called when an event was missed, so that what is known of the chats must be read again. */
  onMissed: () => void;
  onProblem: (problem: Problem | null) => void;
}

/** Creates the store of the chats that the sidebar lists. */
export function createChatListStore(door: Door, options: ChatListOptions): ChatListStore {
  const attempt = attempts(door, options.onProblem);
  const store = createStore<ChatListState>()((set, get) => {
    const refresh = coalesced(async () => {
      const { list } = get();
      const wanted = list.state === "ready" ? list.value.length : 0;
      const chats: ChatSummary[] = [];
      news.beginSnapshot();
      try {
        const first = await door.call("chats.list", {});
        chats.push(...first.chats);
        let { next } = first;
        // As many as were read before, so that the user's position in the list is kept.
        while (next !== null && chats.length < wanted) {
          const page = await door.call("chats.list", { cursor: next });
          chats.push(...page.chats);
          ({ next } = page);
        }
        set({ list: { state: "ready", value: inOrder(chats) }, next });
        news.endSnapshot(first.sequence);
      } catch (error) {
        set({ list: { state: "failed", problem: door.problem(error) }, next: null });
      }
    });
    return {
      list: { state: "loading" },
      next: null,
      deletions: [],
      refresh,
      readMore: coalesced(async () => {
        const { next: cursor } = get();
        if (cursor === null) return;
        try {
          const page = await door.call("chats.list", { cursor });
          const { list, next } = get();
          // The list was read anew in the meantime.
          if (list.state !== "ready" || next !== cursor) return;
          set({ list: { state: "ready", value: inOrder([...list.value, ...page.chats]) }, next: page.next });
        } catch (error) {
          set({ list: { state: "failed", problem: door.problem(error) }, next: null });
        }
      }),
      rename: async (chatId, title) => {
        await attempt(() => door.call("chats.rename", { chatId, title }));
      },
      remove: async (chatId) => {
        const { list } = get();
        const title = list.state === "ready" ? list.value.find(({ id }) => id === chatId)?.title : undefined;
        await attempt(async () => {
          options.onRemove(chatId);
          await door.call("chats.delete", { chatId });
          set({ deletions: [...get().deletions, { chatId, title: title ?? "" }] });
          options.onRemoved(chatId);
        });
      },
      undoRemove: async (chatId) => {
        await attempt(async () => {
          await door.call("chats.restore", { chatId });
          set({ deletions: get().deletions.filter((deletion) => deletion.chatId !== chatId) });
        });
      },
      purge: async (chatId) => {
        set({ deletions: get().deletions.filter((deletion) => deletion.chatId !== chatId) });
        await attempt(() => door.call("chats.purge", { chatId }));
      },
    };
  });

  const news = numberedNews<ChatNews>(
    (told) => {
      const { list, next } = store.getState();
      if (list.state === "ready") {
        store.setState({ list: { state: "ready", value: withNews(list.value, next !== null, told) } });
      }
      options.onNews(told);
    },
    () => {
      void store.getState().refresh();
      options.onMissed();
    },
  );
  onNamed(door, "chats.changed", news.tell);
  void store.getState().refresh();
  return store;
}

/** Returns one row for each chat, the later one, since a chat may change while pages are read. */
function inOrder(chats: readonly ChatSummary[]): ChatSummary[] {
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  return [...byId.values()].sort((one, other) => other.updatedAt - one.updatedAt);
}

function withNews(list: readonly ChatSummary[], hasMore: boolean, { chats, removed }: ChatNews): ChatSummary[] {
  const gone = new Set([...removed, ...chats.map(({ id }) => id)]);
  const oldest = list.at(-1)?.updatedAt ?? 0;
  const known = new Set(list.map(({ id }) => id));
  // A chat older than all that have been read comes with its page.
  const news = chats.filter(({ id, updatedAt }) => !hasMore || known.has(id) || updatedAt >= oldest);
  return inOrder([...news, ...list.filter(({ id }) => !gone.has(id))]);
}
