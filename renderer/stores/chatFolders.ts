import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatFolder, ChatFolders, DeletedFolder } from "../../electron/contract/chatFolders.ts";
import type { ChatSummary } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ChatNews } from "../../electron/contract/events.ts";
import { attempts } from "./attempts.ts";
import { inOrder, type ListedPart, readPages, withNews } from "./chatParts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

/** What stands for the archived chats where a folder's id may stand too. */
export const archive = "archive";

/** The chats of an open folder, or of the archive, as far as they have been read. */
export interface ChatPart {
  list: Loadable<ChatSummary[]>;
  /** Cursor of the next page; null: all have been read. */
  next: string | null;
}

/** What was done and can be undone while its notice is shown. */
export type FolderChange =
  | { kind: "archived" | "unarchived"; chatIds: readonly string[] }
  | ({ kind: "deleted" } & DeletedFolder);

export interface ChatFoldersState {
  /** In the order of their names. */
  folders: readonly ChatFolder[];
  archived: number;
  /** The open folders, and the archive if it is open. */
  parts: ReadonlyMap<string, ChatPart>;
  changes: readonly FolderChange[];
  /** Opens a folder or the archive, or closes it. */
  toggle: (part: string) => void;
  readMore: (part: string) => Promise<void>;
  /** Resolves with the new folder's id, or with null if it was not made. The chats are moved into it. */
  create: (name: string, chatIds: readonly string[]) => Promise<string | null>;
  rename: (folderId: string, name: string) => Promise<void>;
  remove: (folderId: string) => Promise<void>;
  move: (chatIds: readonly string[], folderId: string | null) => Promise<void>;
  archive: (chatIds: readonly string[], archived: boolean) => Promise<void>;
  undo: (change: FolderChange) => Promise<void>;
  /** Ends the time for undo. */
  dismiss: (change: FolderChange) => void;
  /** Applies news of chats. */
  hear: (news: ChatNews) => void;
  /** Reads everything again. */
  reload: () => Promise<void>;
}
export type ChatFoldersStore = StoreApi<ChatFoldersState>;

export interface ChatFoldersOptions {
  onProblem: (problem: Problem | null) => void;
}

const rememberedIn = "openFolders";
const mostRemembered = 1000;

const unread: ChatPart = { list: { state: "loading" }, next: null };

/** Creates the store of the folders of chats and of the archive. Chats of a folder are read once it is opened. */
export function createChatFoldersStore(door: Door, { onProblem }: ChatFoldersOptions): ChatFoldersStore {
  const attempt = attempts(door, onProblem);
  /** News that came while a part was being read. */
  const late = new Map<string, ChatNews[]>();
  const store = createStore<ChatFoldersState>()((set, get) => {
    const putPart = (part: string, value: ChatPart): void => {
      // It may have been closed meanwhile.
      if (get().parts.has(part)) set({ parts: new Map([...get().parts, [part, value]]) });
    };
    const readPart = async (part: string): Promise<void> => {
      const { list: before } = get().parts.get(part) ?? {};
      const wanted = before?.state === "ready" ? before.value.length : 0;
      const news: ChatNews[] = [];
      late.set(part, news);
      try {
        const { chats, next, sequence } = await readPages(door, partOf(part), wanted);
        let value = chats;
        for (const told of news) {
          if (told.sequence > sequence) value = withNews(value, next !== null, told, belongsTo(part));
        }
        putPart(part, { list: { state: "ready", value }, next });
      } catch (error) {
        putPart(part, { list: { state: "failed", problem: door.problem(error) }, next: null });
      } finally {
        if (late.get(part) === news) late.delete(part);
      }
    };
    const reading = new Map<string, Promise<void>>();
    return {
      folders: [],
      archived: 0,
      parts: new Map(rememberedParts().map((part) => [part, unread])),
      changes: [],
      toggle: (part) => {
        const { parts } = get();
        if (parts.has(part)) set({ parts: new Map([...parts].filter(([other]) => other !== part)) });
        else {
          set({ parts: new Map([...parts, [part, unread]]) });
          void readPart(part);
        }
        localStorage.setItem(rememberedIn, JSON.stringify([...get().parts.keys()]));
      },
      readMore: async (part) => {
        const read = async (): Promise<void> => {
          const before = get().parts.get(part);
          if (before?.list.state !== "ready" || before.next === null) return;
          try {
            const page = await door.call("chats.list", { ...partOf(part), cursor: before.next });
            const now = get().parts.get(part);
            // It was read anew in the meantime.
            if (now?.list.state !== "ready" || now.next !== before.next) return;
            putPart(part, {
              list: { state: "ready", value: inOrder([...now.list.value, ...page.chats]) },
              next: page.next,
            });
          } catch (error) {
            putPart(part, { list: { state: "failed", problem: door.problem(error) }, next: null });
          }
        };
        const running = reading.get(part) ?? read().finally(() => reading.delete(part));
        reading.set(part, running);
        await running;
      },
      create: async (name, chatIds) =>
        await attempt(async () => {
          const { id } = await door.call("chats.createFolder", { name });
          if (chatIds.length > 0) await door.call("chats.moveToFolder", { chatIds: [...chatIds], folderId: id });
          if (!get().parts.has(id)) get().toggle(id);
          return id;
        }),
      rename: async (folderId, name) => {
        await attempt(() => door.call("chats.renameFolder", { folderId, name }));
      },
      remove: async (folderId) => {
        await attempt(async () => {
          const deleted = await door.call("chats.deleteFolder", { folderId });
          set({ changes: [...get().changes, { kind: "deleted", ...deleted }] });
        });
      },
      move: async (chatIds, folderId) => {
        await attempt(() => door.call("chats.moveToFolder", { chatIds: [...chatIds], folderId }));
      },
      archive: async (chatIds, archived) => {
        await attempt(async () => {
          await door.call("chats.archive", { chatIds: [...chatIds], archived });
          set({ changes: [...get().changes, { kind: archived ? "archived" : "unarchived", chatIds }] });
        });
      },
      undo: async (change) => {
        get().dismiss(change);
        const isDone = await attempt(async () => {
          if (change.kind === "deleted") {
            const { folder, chatIds } = change;
            await door.call("chats.restoreFolder", { folder, chatIds });
          } else {
            const archived = change.kind === "unarchived";
            await door.call("chats.archive", { chatIds: [...change.chatIds], archived });
          }
          return true;
        });
        // If it failed, it can be tried again.
        if (isDone === null) set({ changes: [...get().changes, change] });
      },
      dismiss: (change) => set({ changes: get().changes.filter((each) => each !== change) }),
      hear: (news) => {
        for (const waiting of late.values()) waiting.push(news);
        const parts = [...get().parts].map(([part, { list, next }]): [string, ChatPart] => [
          part,
          list.state === "ready"
            ? { list: { state: "ready", value: withNews(list.value, next !== null, news, belongsTo(part)) }, next }
            : { list, next },
        ]);
        if (parts.length > 0) set({ parts: new Map(parts) });
      },
      reload: coalesced(async () => {
        try {
          set(withFolders(get(), await door.call("chats.folders", {})));
        } catch {
          // The list of chats says why nothing can be read.
        }
        await Promise.all([...get().parts.keys()].map(readPart));
      }),
    };
  });
  onNamed(door, "chats.foldersChanged", (told) => store.setState(withFolders(store.getState(), told)));
  void store.getState().reload();
  return store;
}

function withFolders(
  { parts }: Pick<ChatFoldersState, "parts">,
  { folders, archived }: ChatFolders,
): Pick<ChatFoldersState, "folders" | "archived" | "parts"> {
  const known = new Set([archive, ...folders.map(({ id }) => id)]);
  return {
    folders: folders.toSorted((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true })),
    archived,
    parts: new Map([...parts].filter(([part]) => known.has(part))),
  };
}

const partOf = (part: string): ListedPart =>
  part === archive ? { archived: true } : { folderId: part, archived: false };

const belongsTo =
  (part: string) =>
  (chat: ChatSummary): boolean =>
    part === archive ? chat.archived : !chat.archived && chat.folderId === part;

function rememberedParts(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(rememberedIn) ?? "[]");
    return Array.isArray(kept) ? kept.filter((part) => typeof part === "string").slice(0, mostRemembered) : [];
  } catch {
    return [];
  }
}
