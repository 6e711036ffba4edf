import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallInput } from "../../electron/contract/calls.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Settings } from "../../electron/contract/settings.ts";
import { type Door, onNamed } from "./door.ts";

export interface SettingsState {
  /** Null until main has answered. */
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

  let told = false;
  onNamed(door, "settings.changed", (settings) => {
    told = true;
    store.setState({ settings });
  });
  door.call("settings.get", {}).then(
    (settings) => {
      if (!told) store.setState({ settings });
    },
    (error: unknown) => store.setState({ problem: door.problem(error) }),
  );
  return store;
}
