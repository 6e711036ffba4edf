import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatSummary } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ChatNews } from "../../electron/contract/events.ts";
import { isTemporary } from "../../electron/contract/isTemporary.ts";
import { attempts } from "./attempts.ts";
import { inOrder, readPages, withNews } from "./chatParts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { numberedNews } from "./numberedNews.ts";

/** Chats that were deleted together and can still be restored. */
export interface Deletion {
  chatIds: readonly string[];
  /** The title of the first one. */
  title: string;
  /** The one of them that was open here. */
  openId: string | null;
}

export interface ChatListState {
  /**
   * Those in no folder, as far as they have been read: temporary chats first, then pinned ones, and the most recently
   * changed ones first among each.
   */
  list: Loadable<ChatSummary[]>;
  /** Cursor of the next page; null: all chats have been read. */
  next: string | null;
  deletions: Deletion[];
  refresh: () => Promise<void>;
  /** Reads the next page, if there is one. */
  readMore: () => Promise<void>;
  /**
   * Resolves with the id of a temporary chat: one that has no messages yet, or a new one. With null if none could be
   * created.
   */
  beginTemporary: () => Promise<string | null>;
  /** Keeps a temporary chat on the disk, where it has another id. */
  keep: (chatId: string) => Promise<void>;
  rename: (chatId: string, title: string) => Promise<void>;
  pin: (chatIds: readonly string[], pinned: boolean) => Promise<void>;
  /** `title`: that of the first one. */
  remove: (chatIds: readonly string[], title?: string) => Promise<void>;
  undoRemove: (deletion: Deletion) => Promise<void>;
  /** Ends the time for undo and erases the chats. */
  purge: (deletion: Deletion) => Promise<void>;
}
export type ChatListStore = StoreApi<ChatListState>;

export interface ChatListOptions {
  /** Called before chats are deleted or get another id. Returns the one of them that is open. */
  onRemove: (chatIds: readonly string[]) => string | null;
  /** Called after chats were deleted in this window. */
  onRemoved: (chatIds: readonly string[]) => void;
  /** Called after a chat that was open when it was deleted was restored, or has another id than `before`. */
  onReopen: (chatId: string, before?: string) => void;
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
      news.beginSnapshot();
      try {
        const { chats, next, sequence } = await readPages(door, loose, wanted);
        set({ list: { state: "ready", value: chats }, next });
        news.endSnapshot(sequence);
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
          const page = await door.call("chats.list", { ...loose, cursor });
          const { list, next } = get();
          // The list was read anew in the meantime.
          if (list.state !== "ready" || next !== cursor) return;
          set({ list: { state: "ready", value: inOrder([...list.value, ...page.chats]) }, next: page.next });
        } catch (error) {
          set({ list: { state: "failed", problem: door.problem(error) }, next: null });
        }
      }),
      beginTemporary: async () => {
        const { list } = get();
        const unused =
          list.state === "ready" ? list.value.find(({ id, title }) => isTemporary(id) && title === "") : undefined;
        if (unused !== undefined) return unused.id;
        return await attempt(async () => (await door.call("chats.create", { temporary: true })).id);
      },
      keep: async (chatId) => {
        await attempt(async () => {
          const openId = options.onRemove([chatId]);
          const { id } = await door.call("chats.keep", { chatId });
          if (openId !== null) options.onReopen(id, chatId);
        });
      },
      rename: async (chatId, title) => {
        await attempt(() => door.call("chats.rename", { chatId, title }));
      },
      pin: async (chatIds, pinned) => {
        await attempt(() => door.call("chats.pin", { chatIds: [...chatIds], pinned }));
      },
      remove: async (chatIds, title = "") => {
        await attempt(async () => {
          const openId = options.onRemove(chatIds);
          await door.call("chats.delete", { chatIds: [...chatIds] });
          set({ deletions: [...get().deletions, { chatIds, title, openId }] });
          options.onRemoved(chatIds);
        });
      },
      undoRemove: async (deletion) => {
        await attempt(async () => {
          await door.call("chats.restore", { chatIds: [...deletion.chatIds] });
          set({ deletions: get().deletions.filter((each) => each !== deletion) });
          if (deletion.openId !== null) options.onReopen(deletion.openId);
        });
      },
      purge: async (deletion) => {
        set({ deletions: get().deletions.filter((each) => each !== deletion) });
        await attempt(() => door.call("chats.purge", { chatIds: [...deletion.chatIds] }));
      },
    };
  });

  const news = numberedNews<ChatNews>(
    (told) => {
      const { list, next } = store.getState();
      if (list.state === "ready") {
        store.setState({ list: { state: "ready", value: withNews(list.value, next !== null, told, isLoose) } });
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

/** Whether the chat is in no folder and not archived. */
const isLoose = ({ folderId, archived }: ChatSummary): boolean => folderId === null && !archived;
const loose = { folderId: null, archived: false };
