import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { UpdateState } from "../../electron/contract/updates.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface UpdatesStoreState {
  /** Null until main has responded. */
  updates: UpdateState | null;
  problem: Problem | null;
  check: () => Promise<void>;
  download: () => Promise<void>;
  cancel: () => Promise<void>;
  installOnQuit: (onQuit: boolean) => Promise<void>;
}
export type UpdatesStore = StoreApi<UpdatesStoreState>;

export function createUpdatesStore(door: Door): UpdatesStore {
  const store = createStore<UpdatesStoreState>()((set) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      updates: null,
      problem: null,
      check: async () => void (await attempt(() => door.call("updates.check", {}))),
      download: async () => void (await attempt(() => door.call("updates.download", {}))),
      cancel: async () => void (await attempt(() => door.call("updates.cancel", {}))),
      installOnQuit: async (onQuit) => void (await attempt(() => door.call("updates.installOnQuit", { onQuit }))),
    };
  });
  snapshotThenEvents({
    snapshot: () => door.call("updates.state", {}),
    events: (tell) => onNamed(door, "updates.changed", tell),
    apply: (updates) => store.setState({ updates }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
