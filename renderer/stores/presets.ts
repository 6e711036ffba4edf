import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { DeletedPreset, Preset } from "../../electron/contract/presets.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface PresetsState {
  /** Whether they are shown, to choose one. */
  isOpen: boolean;
  /** The user's own ones. */
  list: Loadable<readonly Preset[]>;
  /** What was deleted last, while it can be restored. */
  deleted: DeletedPreset | null;
  /** Why the last change failed. */
  problem: Problem | null;
  open: () => void;
  close: () => void;
  /** Changes a preset, or makes one if `id` is null. Resolves with whether that worked. */
  save: (preset: Omit<Preset, "id"> & { id: string | null }) => Promise<boolean>;
  remove: (id: string) => Promise<void>;
  undoRemove: () => Promise<void>;
}
export type PresetsStore = StoreApi<PresetsState>;

/** Creates the store of the prompt presets. They are read whenever they are shown. */
export function createPresetsStore(door: Door): PresetsStore {
  const store = createStore<PresetsState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const read = async (): Promise<void> => {
      try {
        set({ list: { state: "ready", value: await door.call("presets.list", {}) } });
      } catch (error) {
        set({ list: { state: "failed", problem: door.problem(error) } });
      }
    };
    return {
      isOpen: false,
      list: { state: "loading" },
      deleted: null,
      problem: null,
      open: () => {
        set({ isOpen: true, problem: null });
        // Also again: `r1` may have added some.
        void read();
      },
      close: () => set({ isOpen: false, deleted: null }),
      save: async (preset) => (await attempt(() => door.call("presets.save", preset))) !== null,
      remove: async (id) => {
        const deleted = await attempt(() => door.call("presets.delete", { id }));
        if (deleted !== null) set({ deleted });
      },
      undoRemove: async () => {
        const { deleted } = get();
        if (deleted === null) return;
        // If that fails, it can be tried again.
        await attempt(async () => {
          await door.call("presets.restore", deleted);
          if (get().deleted === deleted) set({ deleted: null });
        });
      },
    };
  });
  onNamed(door, "presets.changed", (value) => store.setState({ list: { state: "ready", value } }));
  return store;
}
