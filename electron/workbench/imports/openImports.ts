import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { problemOf, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { ImportResult, importsCalls, ImportState } from "../../contract/imports.ts";
import type { RunningCapability } from "../Capability.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { diskSpace } from "../models/diskSpace.ts";
import type { Presets } from "../presets/openPresets.ts";
import type { StoreEncryption } from "../sqlite/startOnStore.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import { type ImportedChats, ImportJournal, type LastImport } from "./ImportJournal.ts";
import type { ImportNews, ImportOperations } from "./importOperations.ts";

/** More than the largest line needs several times over. */
const mostMegabytes = 1500;
/** For each character, in bytes: the text, its index, and the log that a write goes through. */
const spacePerChar = 6;
/** So that the store's other requests wait a few milliseconds at most. */
const undoneAtOnce = 200;
const longestName = 200;
const closeWithinMs = 5000;

export interface OpenImportsOptions {
  home: string;
  /** The built worker file. */
  importWorker: string;
  store: Pick<StoreClient, "request">;
  /** Called when chats have come or gone. */
  onChats: (change: { removed: string[] } | "many") => void;
  presets: Presets;
  /** Deletes what is kept of what models have read of these chats. */
  forgetRead: (chatIds: readonly string[]) => Promise<void>;
  /** Returns how the chats are encrypted, or null if they are not. Throws `chats-locked`. */
  encryption: () => StoreEncryption | null;
  /** Whether the chats cannot be read yet. By default, they can. */
  isLocked?: boolean;
  /** Whether the app itself runs. What it is undoing is not for `r1`, which may run beside it. */
  isApp: boolean;
  onEvent: EventListener;
}

export interface Imports {
  /** Reads a file that the user chose. Resolves once the preview is there, or with how it ended. Rejects with `import-running`. */
  read(path: string): Promise<ImportState>;
  /** Resolves once the import that is running has ended. */
  settled(): Promise<ImportState>;
  readonly isBusy: boolean;
  /** Ends an import that is under way, and resolves once it has ended. What is being undone is completed first. */
  stop(): Promise<void>;
  /** Call when the chats can be read that were locked: completes the undoing of an import. */
  resume(): Promise<void>;
  /** Ends an import, and forgets what was imported, because all chats are erased. Nothing can be undone then. */
  forget(): Promise<void>;
}

const resultOf = ({ folders, presets, ...last }: LastImport): ImportResult => ({
  id: randomUUID(),
  chats: last.chats,
  messages: last.messages,
  skipped: last.skipped,
  folders: folders.length,
  foldersLeftOut: last.foldersLeftOut,
  presets: presets.length,
});

/**
 * Opens the imports. One runs at a time. Until it is complete, what it stored is hidden. The last one can still be undone
 * after a restart, and if it was being undone, the app completes that before the chats are shown.
 */
export async function openImports(
  options: OpenImportsOptions,
): Promise<RunningCapability<typeof importsCalls, Imports>> {
  const { home, importWorker, store, onChats, presets, forgetRead } = options;
  const { encryption, isLocked = false, isApp, onEvent } = options;
  let state: ImportState = { state: "none" };
  let path = "";
  let chars = 0;
  const journal = new ImportJournal(home, () => encryption()?.key ?? null);
  let last: LastImport | null = null;
  /** Its chats. Null: they are still to be read from the journal. */
  let lastChats: ImportedChats | null = null;
  /** Whether the journal is of an import that is undone in part. It stays, so that the next start completes that. */
  let isHalfUndone = false;
  let working: Promise<unknown> = Promise.resolve();
  let isCancelled = false;
  const set = (next: ImportState): ImportState => {
    state = next;
    onEvent("imports.changed", next);
    return next;
  };
  const fileName = (): string => basename(path).slice(0, longestName);
  const worker = new WorkerClient<ImportOperations, ImportNews>({
    path: importWorker,
    start: () => ({
      env: childEnvironment(process.env),
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    }),
    answers: {
      progress: ({ done, total }) => {
        if (state.state === "reading") set({ ...state, doneBytes: done, totalBytes: total });
        if (state.state === "importing") set({ ...state, done, total });
      },
      shown: ({ chatIds }) => store.request("shownChats", { ids: chatIds }),
      staged: ({ lines }) => store.request("stageChats", { lines }),
    },
    // What it was reading was too much for it.
    ended: (cause) => new WorkbenchError("import-failed", { case: "damaged" }, cause),
    closed: () => new WorkbenchError("internal", undefined, "The app is closing."),
    // It keeps nothing itself, and a hostile file must not keep the app from closing.
    closeWithinMs,
  });
  const isBusy = (): boolean => ["reading", "importing", "undoing"].includes(state.state);
  async function read(chosen: string): Promise<ImportState> {
    if (isBusy()) throw new WorkbenchError("import-running");
    path = chosen;
    isCancelled = false;
    set({ state: "reading", fileName: fileName(), doneBytes: 0, totalBytes: 0 });
    try {
      const found = await worker.request("read", { path });
      if (found === null || isCancelled) return set({ state: "none" });
      const { chars: read, folders, presets: inFile, ...preview } = found;
      chars = read;
      const made = await store.request("countNewFolders", { folders });
      const added = await presets.preview(inFile);
      if (isCancelled) return set({ state: "none" });
      return set({
        state: "ready",
        preview: { id: randomUUID(), fileName: fileName(), ...preview, ...made, ...added },
      });
    } catch (error) {
      return set(isCancelled ? { state: "none" } : { state: "failed", problem: toProblem(error) });
    }
  }

  async function importAll(here: "skip" | "copy", total: number): Promise<void> {
    set({ state: "importing", done: 0, total });
    try {
      await expectRoom();
      if (isCancelled) throw new WorkbenchError("import-changed");
      const staged = await worker.request("stage", { path, here });
      if (staged === null || isCancelled) throw new WorkbenchError("import-changed");
      const { presets: inFile, ...count } = staged;
      const show = async (): Promise<void> => {
        const { shown, leftOut, messagesLeftOut } = await store.request("showStaged", { chats: count.chats, here });
        lastChats = shown;
        count.chats -= leftOut.length;
        count.messages -= messagesLeftOut;
        count.skipped += leftOut.length;
      };
      const added = await presets.add(inFile, { chatId: await store.request("stagedChat", {}), show });
      onChats("many");
      const made = await store.request("madeFolders", {});
      last = { ...count, ...made, presets: added, isUndoing: false };
      if (!isHalfUndone) await journal.write(last, lastChats ?? []);
      set({ state: "done", result: resultOf(last) });
    } catch (error) {
      // If that fails, the next start erases what was stored.
      await store.request("dropStaged", {}).catch(() => null);
      set(isCancelled ? { state: "none" } : { state: "failed", problem: toProblem(error) });
    }
  }

  async function expectRoom(): Promise<void> {
    const space = await diskSpace(home).catch(() => null);
    if (space !== null && space.freeBytes < chars * spacePerChar) throw new WorkbenchError("disk-full");
  }

  async function undo(undone: LastImport, kept: ImportedChats | null): Promise<void> {
    const { folders } = undone;
    const isOtherHalfUndone = isHalfUndone;
    last = null;
    lastChats = null;
    isHalfUndone = true;
    let removed = 0;
    let left = 0;
    set({ state: "undoing", done: 0, total: undone.chats });
    try {
      const all = kept ?? (await journal.readChats());
      if (all === null) {
        isHalfUndone = isOtherHalfUndone;
        set({ state: "failed", problem: problemOf("import-not-undone") });
        return;
      }
      const ask = (from: number): Promise<string[]> =>
        store.request("undoImported", { chats: all.slice(from, from + undoneAtOnce), folders });
      // Once also without chats, for the folders.
      const steps = Math.max(1, Math.ceil(all.length / undoneAtOnce));
      const starts = Array.from({ length: steps }, (_, index) => index * undoneAtOnce);
      // After a restart, all of it comes before the first request for the list.
      const asked = undone.isUndoing ? starts.map(ask) : null;
      for (const each of asked ?? []) each.catch(() => undefined);
      if (asked === null && !isOtherHalfUndone) await journal.update({ ...undone, isUndoing: true });
      for (const [index, from] of starts.entries()) {
        const chatIds = await (asked?.[index] ?? ask(from));
        await forgetRead(chatIds);
        removed += chatIds.length;
        const ids = all.slice(from, from + undoneAtOnce).map(({ id }) => id);
        left += (await store.request("shownChats", { ids })).length;
        set({ state: "undoing", done: Math.min(from + undoneAtOnce, all.length), total: all.length });
        if (all.length <= undoneAtOnce) onChats({ removed: chatIds });
      }
      if (all.length > undoneAtOnce) onChats("many");
      const ownPresets = await presets.remove(undone.presets);
      isHalfUndone = isOtherHalfUndone;
      if (!isHalfUndone) await journal.remove();
      set({ state: "undone", removed, kept: left, presets: ownPresets });
    } catch (error) {
      // Those before are gone all the same.
      if (removed > 0) onChats("many");
      set({ state: "failed", problem: toProblem(error) });
    }
  }

  function cancel(): void {
    isCancelled = true;
    void worker.request("cancel", {}).catch(() => undefined);
  }

  const before = await journal.read();
  if (before?.isUndoing === true) {
    if (isApp && !isLocked) working = undo(before, await journal.readChats());
    else isHalfUndone = true;
  } else if (before !== null) {
    last = before;
    state = { state: "done", result: resultOf(before) };
  }

  return {
    api: {
      read(chosen) {
        const reading = read(chosen);
        working = reading.catch(() => undefined);
        return reading;
      },
      async settled() {
        await working;
        return state;
      },
      get isBusy() {
        return isBusy();
      },
      async stop() {
        if (state.state === "reading" || state.state === "importing") cancel();
        await working;
      },
      async resume() {
        if (isBusy()) return;
        if (last !== null && !journal.isListKept) {
          // It could not be written while the chats were locked.
          await journal.update(last);
          if (isBusy() || last === null) return;
        }
        if (!isApp || !isHalfUndone) return;
        const half = await journal.read();
        if (half?.isUndoing !== true || isBusy()) return;
        isHalfUndone = false;
        working = undo(half, null);
      },
      async forget() {
        if (state.state === "importing") cancel();
        if (state.state === "importing" || state.state === "undoing") await working;
        last = null;
        lastChats = null;
        isHalfUndone = false;
        if (["done", "undone", "failed"].includes(state.state)) set({ state: "none" });
        await journal.forget();
      },
    },
    handlers: {
      "imports.state": () => state,
      "imports.confirm": ({ previewId, here }) => {
        if (state.state !== "ready" || state.preview.id !== previewId) throw new WorkbenchError("import-changed");
        isCancelled = false;
        working = importAll(here, state.preview.chats);
        return null;
      },
      "imports.cancel": () => {
        if (state.state === "ready") set({ state: "none" });
        else if (state.state === "reading" || state.state === "importing") cancel();
        return null;
      },
      "imports.undo": ({ importId }) => {
        if (state.state !== "done" || state.result.id !== importId) throw new WorkbenchError("import-changed");
        // If the chats are locked, it can be undone once they are open.
        encryption();
        if (last !== null) working = undo(last, lastChats);
        return null;
      },
      "imports.close": async () => {
        if (!isBusy() && state.state !== "ready") {
          last = null;
          lastChats = null;
          set({ state: "none" });
          if (!isHalfUndone) await journal.remove();
        }
        return null;
      },
    },
    close: async () => {
      isCancelled = true;
      await worker.close();
      await working;
    },
  };
}
