import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallInput } from "../../electron/contract/calls.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Settings } from "../../electron/contract/settings.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export type SettingsChange = CallInput<"settings.change">;
/** What is accepted is not taken back by an Undo. */
type UndoableSetting = Exclude<keyof SettingsChange, "acceptedLicences">;

export interface SettingsState {
  /** Null until main has responded. */
  settings: Settings | null;
  problem: Problem | null;
  /** The last change made here that can be undone. A new object for each change. */
  changed: { setting: UndoableSetting; before: SettingsChange } | null;
  change: (change: SettingsChange) => Promise<void>;
  /** Changes one setting, and remembers its value until now. */
  changeUndoably: (change: Pick<SettingsChange, UndoableSetting>) => Promise<void>;
  /** Restores the value that the last change replaced. */
  undo: () => Promise<void>;
  forgetChange: () => void;
}
export type SettingsStore = StoreApi<SettingsState>;

export function createSettingsStore(door: Door): SettingsStore {
  const store = createStore<SettingsState>()((set, get) => {
    const change = async (wanted: SettingsChange): Promise<boolean> => {
      try {
        set({ settings: await door.call("settings.change", wanted), problem: null });
        return true;
      } catch (error) {
        set({ problem: door.problem(error) });
        return false;
      }
    };
    return {
      settings: null,
      problem: null,
      changed: null,
      change: async (wanted) => void (await change(wanted)),
      changeUndoably: async (wanted) => {
        const { settings } = get();
        const [setting] = Object.keys(wanted) as UndoableSetting[];
        if (settings === null || setting === undefined) return;
        const before = { [setting]: settings[setting] } as SettingsChange;
        if (await change(wanted)) set({ changed: { setting, before } });
      },
      undo: async () => {
        const { changed } = get();
        if (changed === null) return;
        set({ changed: null });
        // What could not be restored is offered again, unless something else has been changed meanwhile.
        if (!(await change(changed.before)) && get().changed === null) set({ changed });
      },
      forgetChange: () => set({ changed: null }),
    };
  });

  snapshotThenEvents({
    snapshot: () => door.call("settings.get", {}),
    events: (tell) => onNamed(door, "settings.changed", tell),
    apply: (settings) => store.setState({ settings }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
