import { createStore, type StoreApi } from "zustand/vanilla";
import type { ComponentName } from "../../electron/contract/componentNames.ts";
import type { Component } from "../../electron/contract/components.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { onOnline } from "./onOnline.ts";

export interface ComponentsState {
  /** Empty until a screen has requested it. */
  list: Component[];
  /** Counts what was installed or removed. */
  changes: number;
  /** The one that is being removed. */
  removing: ComponentName | null;
  /** Why the last request failed. */
  problem: Problem | null;
  read: () => Promise<unknown>;
  install: (name: ComponentName) => Promise<unknown>;
  remove: (name: ComponentName) => Promise<unknown>;
}
export type ComponentsStore = StoreApi<ComponentsState>;

/** Creates the store of the parts of the app that can be fetched later. Their downloads are with the others. */
export function createComponentsStore(door: Door): ComponentsStore {
  const store = createStore<ComponentsState>()((set) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      list: [],
      changes: 0,
      removing: null,
      problem: null,
      read: () => attempt(async () => set({ list: await door.call("components.list", {}) })),
      install: (name) => attempt(() => door.call("components.install", { name })),
      remove: async (name) => {
        set({ removing: name });
        await attempt(() => door.call("components.remove", { name }));
        set({ removing: null });
      },
    };
  });
  onNamed(door, "components.changed", (list) => store.setState(({ changes }) => ({ list, changes: changes + 1 })));
  onOnline(door, () => {
    if (store.getState().problem?.code === "offline") store.setState({ problem: null });
  });
  return store;
}
