import { createStore, type StoreApi } from "zustand/vanilla";
import { type Problem, toProblem } from "../../electron/contract/errors.ts";
import type { LoadedModel, Model } from "../../electron/contract/models.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface ModelsState {
  list: Loadable<Model[]>;
  loaded: LoadedModel;
  /** Why the last import or load asked for here failed. */
  problem: Problem | null;
  refresh: () => Promise<void>;
  /** Resolves once the model is ready, was cancelled or failed; never rejects. */
  load: (modelId: string) => Promise<void>;
  cancelLoad: () => Promise<void>;
  unload: () => Promise<void>;
  /** Asks for a file and links it; null when the person chose none or it was refused. */
  importFile: () => Promise<Model | null>;
  dismissProblem: () => void;
}
export type ModelsStore = StoreApi<ModelsState>;

export function createModelsStore(door: Door): ModelsStore {
  const store = createStore<ModelsState>()((set) => {
    const refresh = coalesced(async () => {
      try {
        set({ list: { state: "ready", value: await door.call("models.list", {}) } });
      } catch (error) {
        set({ list: { state: "failed", problem: toProblem(error) } });
      }
    });
    const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
      set({ problem: null });
      try {
        return await work();
      } catch (error) {
        set({ problem: toProblem(error) });
        return null;
      }
    };
    return {
      list: { state: "loading" },
      loaded: { state: "none" },
      problem: null,
      refresh,
      load: async (modelId) => {
        const loaded = await attempt(() => door.call("models.load", { modelId }));
        if (loaded) set({ loaded, problem: loaded.state === "failed" ? loaded.problem : null });
      },
      cancelLoad: async () => {
        await attempt(() => door.call("models.cancelLoad", {}));
      },
      unload: async () => {
        await attempt(() => door.call("models.unload", {}));
      },
      importFile: () =>
        attempt(async () => {
          const path = await door.call("shell.chooseModelFile", {});
          if (path === null) return null;
          const model = await door.call("models.import", { path });
          await refresh();
          return model;
        }),
      dismissProblem: () => set({ problem: null }),
    };
  });

  onNamed(door, "models.changed", () => void store.getState().refresh());
  let told = false;
  onNamed(door, "models.loadedChanged", (loaded) => {
    told = true;
    store.setState({ loaded });
  });
  door.call("models.loaded", {}).then(
    (loaded) => {
      if (!told) store.setState({ loaded });
    },
    (error: unknown) => store.setState({ problem: toProblem(error) }),
  );
  void store.getState().refresh();
  return store;
}
