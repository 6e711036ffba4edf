import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { AppInfo, R1Command } from "../../electron/contract/shell.ts";
import type { Door } from "./door.ts";
import { logFault } from "./logFault.ts";

export interface ShellState {
  info: AppInfo | null;
  problem: Problem | null;
  /** Whether terminals find the `r1` command. Null until it was read. */
  command: R1Command | null;
  /** Why the command could not be installed or removed. */
  commandProblem: Problem | null;
  /** Main shows where the link leads and asks for confirmation. */
  openLink: (url: string) => Promise<void>;
  /** Resolves with true once the text is on the clipboard. */
  copyText: (text: string) => Promise<boolean>;
  /** Asks where to save. Resolves with the saved file's name, or with null if cancelled or failed (see `problem`). */
  saveFile: (fileName: string, content: string | Uint8Array<ArrayBuffer>) => Promise<string | null>;
  /** Shows the home folder in the system's file manager. */
  openHome: () => Promise<void>;
  readCommand: () => Promise<void>;
  installCommand: () => Promise<void>;
  removeCommand: () => Promise<void>;
  dismissProblem: () => void;
  /** Sends an error in the page to the log. Returns its id in the log. */
  logFault: (text: string) => string;
}
export type ShellStore = StoreApi<ShellState>;

export function createShellStore(door: Door): ShellStore {
  const store = createStore<ShellState>()((set) => ({
    info: null,
    problem: null,
    command: null,
    commandProblem: null,
    openLink: async (url) => {
      try {
        await door.call("shell.openLink", { url });
      } catch (error) {
        set({ problem: door.problem(error) });
      }
    },
    copyText: async (text) => {
      try {
        await door.call("shell.copyText", { text });
        return true;
      } catch (error) {
        set({ problem: door.problem(error) });
        return false;
      }
    },
    saveFile: async (fileName, content) => {
      try {
        return await door.call("shell.saveFile", { fileName, content });
      } catch (error) {
        set({ problem: door.problem(error) });
        return null;
      }
    },
    openHome: async () => {
      try {
        await door.call("shell.openHome", {});
      } catch (error) {
        set({ problem: door.problem(error) });
      }
    },
    readCommand: () => takeCommand("shell.command"),
    installCommand: () => takeCommand("shell.installCommand"),
    removeCommand: () => takeCommand("shell.removeCommand"),
    dismissProblem: () => set({ problem: null }),
    logFault: (text) => logFault(door, text),
  }));
  const takeCommand = async (name: "shell.command" | "shell.installCommand" | "shell.removeCommand"): Promise<void> => {
    try {
      store.setState({ command: await door.call(name, {}), commandProblem: null });
    } catch (error) {
      store.setState({ commandProblem: door.problem(error) });
    }
  };
  door.call("shell.info", {}).then(
    (info) => store.setState({ info }),
    (error: unknown) => store.setState({ problem: door.problem(error) }),
  );
  return store;
}
