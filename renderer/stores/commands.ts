import { createStore, type StoreApi } from "zustand/vanilla";
import type { ActionId } from "../../electron/contract/actions.ts";
import type { Licence, ZoomChange } from "../../electron/contract/shell.ts";
import type { Events } from "../../electron/contract/events.ts";
import { attempts } from "./attempts.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { type Door, onNamed } from "./door.ts";

const rememberedIn = "recentCommands";
const mostRecent = 8;

type AskedAction = Events["shell.action"];

export interface CommandsState {
  /** The action that was chosen in the menu and is not done yet. */
  asked: AskedAction | null;
  /** What was chosen in the palette, the most recent first. */
  recent: readonly string[];
  /** The licences of the software in the app; null until they have been read. */
  licences: readonly Licence[] | null;
  /** Takes over the action that was asked for. */
  take: () => AskedAction | null;
  /** Remembers what was chosen in the palette. */
  remember: (entryId: string) => void;
  readLicences: () => Promise<void>;
  openChatWindow: (chatId: string) => Promise<void>;
  printChat: (chatId: string) => Promise<void>;
  /** Tells main that the whole chat is drawn and can be printed. */
  printReady: (chatId: string) => Promise<void>;
  zoom: (to: ZoomChange) => Promise<void>;
  openLogs: () => Promise<void>;
  copyDiagnostics: () => Promise<void>;
  /** Does an action in the main window, for the window of a single chat. */
  runInMain: (action: ActionId, setting?: string) => Promise<void>;
}
export type CommandsStore = StoreApi<CommandsState>;

export interface CommandsOptions {
  /** Called with the chat of a notification that the user clicked. */
  onShowChat: (chatId: string) => unknown;
  onProblem: (problem: Problem | null) => void;
}

/** Creates the store of what the menu asks for and the desktop does. */
export function createCommandsStore(door: Door, { onShowChat, onProblem }: CommandsOptions): CommandsStore {
  const attempt = attempts(door, onProblem);
  const store = createStore<CommandsState>()((set, get) => ({
    asked: null,
    recent: readRecent(),
    licences: null,
    take: () => {
      const { asked } = get();
      if (asked !== null) set({ asked: null });
      return asked;
    },
    remember: (entryId) => {
      // Another window may have remembered something too.
      const recent = [entryId, ...readRecent().filter((other) => other !== entryId)].slice(0, mostRecent);
      localStorage.setItem(rememberedIn, JSON.stringify(recent));
      set({ recent });
    },
    readLicences: async () => {
      await attempt(async () => set({ licences: await door.call("shell.licences", {}) }));
    },
    openChatWindow: async (chatId) => {
      await attempt(() => door.call("shell.openChatWindow", { chatId }));
    },
    printChat: async (chatId) => {
      await attempt(() => door.call("shell.printChat", { chatId }));
    },
    printReady: async (chatId) => {
      await attempt(() => door.call("shell.printReady", { chatId }));
    },
    zoom: async (to) => {
      await attempt(() => door.call("shell.zoom", { to }));
    },
    openLogs: async () => {
      await attempt(() => door.call("shell.openLogs", {}));
    },
    copyDiagnostics: async () => {
      await attempt(() => door.call("shell.copyDiagnostics", {}));
    },
    runInMain: async (action, setting) => {
      await attempt(() => door.call("shell.runInMain", { action, ...(setting !== undefined && { setting }) }));
    },
  }));
  onNamed(door, "shell.action", (asked) => store.setState({ asked }));
  onNamed(door, "shell.showChat", ({ chatId }) => onShowChat(chatId));
  return store;
}

function readRecent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(rememberedIn) ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry === "string").slice(0, mostRecent) : [];
  } catch {
    return [];
  }
}
