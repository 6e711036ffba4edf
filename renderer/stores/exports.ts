import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ExportRequest, ExportState } from "../../electron/contract/exports.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface ExportsStoreState {
  /** The chats for which the user is asked how to export them. `chatIds` is null for all of them. */
  asked: { chatIds: readonly string[] | null } | null;
  /** The export that is running, or how the last one ended. */
  current: ExportState;
  /** Why the last request failed. */
  problem: Problem | null;
  ask: (chatIds: readonly string[] | null) => void;
  dismiss: () => void;
  /** Asks where to save, and exports the chats there. */
  start: (choice: Pick<ExportRequest, "format" | "thoughts">) => Promise<void>;
  cancel: () => Promise<void>;
  /** Shows the exported file in the system's file manager. */
  show: () => Promise<void>;
  /** Forgets how the last export ended. */
  close: () => Promise<void>;
}
export type ExportsStore = StoreApi<ExportsStoreState>;

export function createExportsStore(door: Door): ExportsStore {
  const store = createStore<ExportsStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      asked: null,
      current: { state: "none" },
      problem: null,
      ask: (chatIds) => set({ asked: { chatIds } }),
      dismiss: () => set({ asked: null }),
      start: async (choice) => {
        const { asked } = get();
        set({ asked: null });
        if (asked === null) return;
        const chatIds = asked.chatIds === null ? null : [...asked.chatIds];
        await attempt(() => door.call("shell.exportChats", { chatIds, ...choice }));
      },
      cancel: async () => {
        await attempt(() => door.call("exports.cancel", {}));
      },
      show: async () => {
        await attempt(() => door.call("shell.showExport", {}));
      },
      close: async () => {
        set({ problem: null });
        await attempt(() => door.call("exports.close", {}));
      },
    };
  });
  snapshotThenEvents({
    snapshot: () => door.call("exports.state", {}),
    events: (tell) => onNamed(door, "exports.changed", tell),
    apply: (current) => store.setState({ current }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
