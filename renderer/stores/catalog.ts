import { createStore, type StoreApi } from "zustand/vanilla";
import type { Catalog } from "../../electron/contract/catalog.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { onOnline } from "./onOnline.ts";

export interface CatalogState {
  /** `loading` until a screen has requested it. */
  catalog: Loadable<Catalog>;
  /** Whether the hub is being asked for file sizes. */
  asking: boolean;
  /** Why the hub's file sizes could not be read. */
  problem: Problem | null;
  refresh: () => Promise<void>;
  /** Asks the hub, once for each repository, for the file sizes that are only computed so far. */
  askHub: () => Promise<void>;
}
export type CatalogStore = StoreApi<CatalogState>;

export function createCatalogStore(door: Door): CatalogStore {
  const store = createStore<CatalogState>()((set, get) => {
    const refresh = coalesced(async () => {
      try {
        set({ catalog: { state: "ready", value: await door.call("catalog.get", {}) } });
      } catch (error) {
        set({ catalog: { state: "failed", problem: door.problem(error) } });
      }
    });
    return {
      catalog: { state: "loading" },
      asking: false,
      problem: null,
      refresh,
      askHub: async () => {
        const { catalog, asking } = get();
        if (catalog.state !== "ready" || asking) return;
        set({ asking: true, problem: null });
        const repos = new Set(catalog.value.models.flatMap(({ variants }) => variants.map(({ file }) => file.repo)));
        try {
          for (const repo of repos) await door.call("hub.listing", { repo });
        } catch (error) {
          set({ problem: door.problem(error) });
        }
        await refresh();
        set({ asking: false });
      },
    };
  });
  const refreshShown = (): void => {
    const { catalog, refresh } = store.getState();
    if (catalog.state !== "loading") void refresh();
  };
  onOnline(door, () => {
    if (store.getState().problem?.code === "offline") store.setState({ problem: null });
  });
  onNamed(door, "models.changed", refreshShown);
  onNamed(door, "fit.changed", ({ state }) => {
    if (state !== "measuring") refreshShown();
  });
  return store;
}
