import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallInput } from "../../electron/contract/calls.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Settings } from "../../electron/contract/settings.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface SettingsState {
  /** Null until main has responded. */
  settings: Settings | null;
  problem: Problem | null;
  change: (change: CallInput<"settings.change">) => Promise<void>;
}
export type SettingsStore = StoreApi<SettingsState>;

export function createSettingsStore(door: Door): SettingsStore {
  const store = createStore<SettingsState>()((set) => ({
    settings: null,
    problem: null,
    change: async (change) => {
      try {
        set({ settings: await door.call("settings.change", change), problem: null });
      } catch (error) {
        set({ problem: door.problem(error) });
      }
    },
  }));

  snapshotThenEvents({
    snapshot: () => door.call("settings.get", {}),
    events: (tell) => onNamed(door, "settings.changed", tell),
    apply: (settings) => store.setState({ settings }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
