import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import { isSameEntry } from "../../electron/contract/isSameEntry.ts";
import type { PointedElement, PreviewBounds, PreviewEntry, PreviewState } from "../../electron/contract/preview.ts";
import { previewLimits } from "../../electron/contract/previewLimits.ts";
import { shownAnswer } from "../../electron/contract/shownAnswer.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";
import { ChatPages } from "./pages/ChatPages.ts";
import { isWholeEnough } from "./pages/isWholeEnough.ts";
import { blocksOf } from "./pages/pageOfReply.ts";
import type { PageVersion } from "./pages/pageVersions.ts";
import { replaceBlock } from "./pages/replaceBlock.ts";
import { shownFiles } from "./pages/shownFiles.ts";
import type { RunsStore } from "./runs.ts";

export const previewTabs = ["page", "code", "console"] as const;
export type PreviewTab = (typeof previewTabs)[number];
export const previewWidths = ["full", "tablet", "phone"] as const;
export type PreviewWidth = (typeof previewWidths)[number];

/** The page that is shown beside a chat. */
export interface ShownPage {
  pageId: string;
  /** The reply of the version that was chosen. Null: the newest one, also when another one follows. */
  messageId: string | null;
}

export interface PreviewStoreState {
  /** All versions of all pages of the open chat, in the order of the conversation. */
  versions: readonly PageVersion[];
  shown: ShownPage | null;
  /** Whether it covers the chat where there is no room for both. */
  isInFront: boolean;
  tab: PreviewTab;
  width: PreviewWidth;
  /** How the page is, as main tells. Null before anything was shown. */
  page: PreviewState | null;
  entries: readonly PreviewEntry[];
  /** How many lines of the console were left out. */
  dropped: number;
  /** The version that the shown one is compared with, by its reply. Null: the code itself is shown. */
  comparedWith: string | null;
  isPointing: boolean;
  /** What was typed in Code and not run yet, by reply and file. */
  typed: Readonly<Record<string, string>>;
  /** What was typed in Code and discarded last, by file. */
  discarded: { messageId: string; texts: Readonly<Record<string, string>> } | null;
  problem: Problem | null;
  /** Shows a page; `messageId`: this version of it. */
  show: (pageId: string, messageId?: string | null) => void;
  hide: () => void;
  /** Shows the chat again where the page covers it. */
  toChat: () => void;
  setTab: (tab: PreviewTab) => void;
  setWidth: (width: PreviewWidth) => void;
  compareWith: (messageId: string | null) => void;
  reload: () => Promise<void>;
  stop: () => Promise<void>;
  focus: () => Promise<void>;
  /** Saves a version, or the shown one. */
  save: (version?: PageVersion) => Promise<void>;
  place: (bounds: PreviewBounds | null) => void;
  /** Resolves with a picture of the page as it was last drawn, as a PNG, or null. */
  picture: () => Promise<Uint8Array | null>;
  /** Lets the user click an element of the page. Resolves with null if none was. */
  point: () => Promise<PointedElement | null>;
  endPointing: () => Promise<void>;
  clearConsole: () => void;
  /** Keeps what is being typed in a file, until it is run. */
  type: (messageId: string, name: string, text: string | null) => void;
  /** Forgets what was typed in the shown version, until `restoreTyped`. */
  discardTyped: () => void;
  restoreTyped: () => void;
  /** Keeps what was typed in the shown version as another version of its reply, and runs it. Resolves with whether it was. */
  runTyped: () => Promise<boolean>;
  dismissProblem: () => void;
}
export type PreviewStore = StoreApi<PreviewStoreState>;

export interface PreviewOptions {
  conversation: ConversationStore;
  runs: RunsStore;
  /** The least time between two updates of a page that is being written, in milliseconds. */
  everyMs?: number;
}

const nothingRun = { page: null, entries: [], dropped: 0, isPointing: false };

export const typedKey = (messageId: string, name: string): string => `${messageId} ${name}`;

/** Returns the version that is shown, or null. */
export function shownVersion({ versions, shown }: Pick<PreviewStoreState, "versions" | "shown">): PageVersion | null {
  if (shown === null) return null;
  const ofPage = versions.filter(({ pageId }) => pageId === shown.pageId);
  const chosen = ofPage.find(({ message }) => message.id === shown.messageId);
  return chosen ?? ofPage.findLast(({ isShown }) => isShown) ?? ofPage.at(-1) ?? null;
}

/** Creates the store of the page that is shown beside the open chat, and of its versions. */
export function createPreviewStore(door: Door, { conversation, runs, everyMs = 1_000 }: PreviewOptions): PreviewStore {
  /** What each chat shows, to be shown again when the user returns to it. */
  const shownIn = new Map<string, ShownPage>();
  /** The page that main shows, and its reply. */
  let presented: { page: PageVersion["page"]; messageId: string } | null = null;
  /** The version that was shown when it was last looked. */
  let last: PageVersion | null = null;
  let isKeeping = false;
  let presentedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store = createStore<PreviewStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      versions: [],
      shown: null,
      isInFront: false,
      tab: "page",
      width: "full",
      comparedWith: null,
      typed: {},
      discarded: null,
      problem: null,
      ...nothingRun,
      show: (pageId, messageId = null) => {
        set({ shown: { pageId, messageId }, isInFront: true, comparedWith: null });
        remember();
        present();
        void attempt(() => pages.readAll());
      },
      hide: () => {
        set({ shown: null, isInFront: false, comparedWith: null, ...nothingRun });
        remember();
        close();
      },
      toChat: () => set({ isInFront: false }),
      setTab: (tab) => set({ tab }),
      setWidth: (width) => set({ width }),
      compareWith: (comparedWith) => set({ comparedWith, ...(comparedWith !== null && { tab: "code" as const }) }),
      reload: async () => {
        set({ entries: [], dropped: 0 });
        await attempt(() => door.call("preview.reload", {}));
      },
      stop: async () => {
        await attempt(() => door.call("preview.stop", {}));
      },
      focus: async () => {
        await attempt(() => door.call("preview.focus", {}));
      },
      save: async (version = shownVersion(get()) ?? undefined) => {
        if (version === undefined) return;
        const { kind, files } = version.page;
        await attempt(() => door.call("preview.save", { kind, files: shownFiles(kind, files) }));
      },
      place: (bounds) => {
        door.call("preview.place", { bounds }).catch((error: unknown) => set({ problem: door.problem(error) }));
      },
      picture: () => door.call("preview.picture", {}).catch(() => null),
      point: async () => {
        set({ isPointing: true, tab: "page" });
        const pointed = await attempt(() => door.call("preview.point", {}));
        set({ isPointing: false });
        return pointed;
      },
      endPointing: async () => {
        await attempt(() => door.call("preview.endPointing", {}));
      },
      clearConsole: () => set({ entries: [], dropped: 0 }),
      type: (messageId, name, text) => {
        const { [typedKey(messageId, name)]: _before, ...others } = get().typed;
        set({ typed: text === null ? others : { ...others, [typedKey(messageId, name)]: text } });
      },
      discardTyped: () => {
        const version = shownVersion(get());
        if (version === null) return;
        const { message, page } = version;
        const texts: Record<string, string> = {};
        for (const { name, text } of page.files) {
          const typed = get().typed[typedKey(message.id, name)];
          if (typed !== undefined && typed !== text) texts[name] = typed;
          get().type(message.id, name, null);
        }
        set({ discarded: { messageId: message.id, texts } });
      },
      restoreTyped: () => {
        const { discarded } = get();
        if (discarded === null) return;
        for (const [name, text] of Object.entries(discarded.texts)) get().type(discarded.messageId, name, text);
        set({ discarded: null });
      },
      runTyped: async () => {
        const version = shownVersion(get());
        if (version === null || isKeeping) return false;
        const { message, page, pageId } = version;
        const typedIn = (name: string): string | undefined => get().typed[typedKey(message.id, name)];
        const changed = page.files.flatMap(({ name, text, block }) => {
          const typed = typedIn(name) ?? text;
          return typed === text ? [] : [{ name, block, typed }];
        });
        if (changed.length === 0) {
          await get().reload();
          return true;
        }
        const blocks = blocksOf(message);
        let text = shownAnswer(message.text);
        // From the last one up, so that the places of the others stay.
        for (const { block, typed } of changed.toSorted((one, other) => other.block - one.block)) {
          const found = blocks[block];
          if (found !== undefined) text = replaceBlock(text, found, typed);
        }
        isKeeping = true;
        const editedId = await attempt(() => conversation.getState().editReply({ messageId: message.id, text }));
        isKeeping = false;
        if (editedId === null) return false;
        const edited = get().versions.find((each) => each.message.id === editedId);
        for (const { name, typed } of changed) {
          // What was typed while it was being kept goes on in the version that is shown now.
          const since = typedIn(name);
          if (since !== typed) {
            if (since === undefined || !edited?.page.files.some((file) => file.name === name)) continue;
            get().type(editedId, name, since);
          }
          get().type(message.id, name, null);
        }
        set({ shown: { pageId: edited?.pageId ?? pageId, messageId: editedId } });
        remember();
        present();
        void attempt(() => pages.readAll());
        return true;
      },
      dismissProblem: () => set({ problem: null }),
    };
  });

  const pages = new ChatPages(door, {
    conversation,
    runs,
    onChange: (versions) => {
      store.setState({ versions });
      follow();
      present();
      if (store.getState().shown === null) return;
      void pages
        .readAll()
        .catch(() => undefined)
        .then(closeGone);
    },
  });

  /** Keeps showing the page of the same reply when it gets another name, as when more of it is written or read. */
  const follow = (): void => {
    const { versions, shown } = store.getState();
    if (shown === null || last?.pageId !== shown.pageId) return;
    const now = versions.find(({ message }) => message.id === last?.message.id);
    if (now === undefined || now.pageId === shown.pageId) return;
    store.setState({ shown: { ...shown, pageId: now.pageId } });
    remember();
  };

  /** Ends a page that is in no version any more. It is shown again when there is one. */
  const closeGone = (): void => {
    if (presented === null || shownVersion(store.getState()) !== null) return;
    close();
    store.setState(nothingRun);
  };

  const remember = (): void => {
    const { openId } = conversation.getState();
    const { shown } = store.getState();
    if (openId === null) return;
    if (shown === null) shownIn.delete(openId);
    else shownIn.set(openId, shown);
  };

  const close = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (presented !== null) door.call("preview.close", {}).catch(() => undefined);
    presented = null;
  };

  /** Has main show the version that is to be shown, unless it does. */
  const present = (): void => {
    const version = shownVersion(store.getState());
    last = version ?? last;
    if (version === null || version.page === presented?.page) return;
    const { page, message } = version;
    if (!isWholeEnough(page)) return;
    // One that was stopped or has crashed stays so while more of it is written.
    if (page.isPartial && message.id === presented?.messageId && isEnded(store.getState().page)) return;
    const wait = page.isPartial ? presentedAt + everyMs - performance.now() : 0;
    if (wait > 0) {
      timer ??= setTimeout(() => {
        timer = undefined;
        present();
      }, wait);
      return;
    }
    // The files of a reply that has ended are those that it had when it was written.
    const before = presented?.page;
    const isSame = before !== undefined && !before.isPartial && !page.isPartial && isSamePage(before, page);
    presented = { page, messageId: message.id };
    presentedAt = performance.now();
    if (isSame) return;
    const { kind, files, isPartial } = page;
    store.setState({ entries: [], dropped: 0, isPointing: false });
    door.call("preview.show", { kind, files: shownFiles(kind, files), isPartial }).catch((error: unknown) => {
      presented = null;
      store.setState({ problem: door.problem(error) });
    });
  };

  conversation.subscribe(({ openId }, before) => {
    if (openId === before.openId) return;
    const shown = openId === null ? null : (shownIn.get(openId) ?? null);
    close();
    store.setState({ shown, isInFront: false, comparedWith: null, ...nothingRun });
  });
  onNamed(door, "preview.changed", (page) => store.setState({ page }));
  onNamed(door, "preview.logged", ({ entries: added, dropped: more }) => {
    const { entries, dropped } = store.getState();
    const all = merged(entries, added);
    const over = Math.max(0, all.length - previewLimits.entries);
    store.setState({ entries: all.slice(over), dropped: dropped + more + over });
  });
  return store;
}

const isEnded = (page: PreviewState | null): boolean =>
  page !== null && page.state !== "closed" && page.state !== "loading" && page.state !== "running";

function isSamePage(one: PageVersion["page"], other: PageVersion["page"]): boolean {
  return (
    one.kind === other.kind &&
    one.files.length === other.files.length &&
    one.files.every(({ name, text }, index) => name === other.files[index]?.name && text === other.files[index]?.text)
  );
}

/** Returns the entries with those that were added. What is repeated in a row is counted. */
function merged(entries: readonly PreviewEntry[], added: readonly PreviewEntry[]): PreviewEntry[] {
  const all = [...entries];
  for (const entry of added) {
    const last = all.at(-1);
    if (last !== undefined && isSameEntry(last, entry))
      all[all.length - 1] = { ...last, count: last.count + entry.count };
    else all.push(entry);
  }
  return all;
}
