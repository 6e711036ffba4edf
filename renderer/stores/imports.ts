import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ImportState } from "../../electron/contract/imports.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface ImportsStoreState {
  /** The import that is under way, or how the last one ended. */
  current: ImportState;
  /** Why the last request failed. */
  problem: Problem | null;
  /** Opens the file dialog, and reads what is chosen. */
  choose: () => Promise<void>;
  /** Imports what was previewed. */
  confirm: (here: "skip" | "copy") => Promise<void>;
  cancel: () => Promise<void>;
  /** Erases the chats of the last import. */
  undo: () => Promise<void>;
  /** Forgets how the last import ended. */
  close: () => Promise<void>;
}
export type ImportsStore = StoreApi<ImportsStoreState>;

export function createImportsStore(door: Door): ImportsStore {
  const store = createStore<ImportsStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      current: { state: "none" },
      problem: null,
      choose: async () => {
        await attempt(() => door.call("shell.importChats", {}));
      },
      confirm: async (here) => {
        const { current } = get();
        if (current.state !== "ready") return;
        await attempt(() => door.call("imports.confirm", { previewId: current.preview.id, here }));
      },
      cancel: async () => {
        await attempt(() => door.call("imports.cancel", {}));
      },
      undo: async () => {
        const { current } = get();
        if (current.state === "done") await attempt(() => door.call("imports.undo", { importId: current.result.id }));
      },
      close: async () => {
        set({ problem: null });
        await attempt(() => door.call("imports.close", {}));
      },
    };
  });
  snapshotThenEvents({
    snapshot: () => door.call("imports.state", {}),
    events: (tell) => onNamed(door, "imports.changed", tell),
    apply: (current) => store.setState({ current }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
