import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ForeignModel, LoadState, Model, ModelChoices, ModelsDisk } from "../../electron/contract/models.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface ModelsState {
  list: Loadable<Model[]>;
  loaded: LoadState;
  /** How long each model took to load in this session, in ms. */
  loadTimes: Readonly<Record<string, number>>;
  /** Models of other apps on this machine; empty until requested. */
  foreign: ForeignModel[];
  disk: ModelsDisk | null;
  /** Whether files are being read in order to add them to the list. */
  importing: boolean;
  /** Why the last request failed. */
  problem: Problem | null;
  refresh: () => Promise<void>;
  /** Resolves once the model is ready, or loading was cancelled or failed; never rejects. */
  load: (modelId: string) => Promise<void>;
  /** Makes it the model for new chats and loads it. Otherwise the same as `load`. */
  use: (modelId: string) => Promise<void>;
  cancelLoad: () => Promise<void>;
  unload: () => Promise<void>;
  /** Opens the file dialog and links the file. Resolves with null if it was cancelled or the file was refused. */
  importFile: () => Promise<Model | null>;
  /** Opens files that were dropped on the page: the main window shows what they are. */
  openDropped: (files: readonly File[]) => Promise<void>;
  /** Reads what other apps have and how much disk space is left. */
  survey: () => Promise<void>;
  /** Shows the model's file in the system's file manager. */
  showFile: (modelId: string) => Promise<void>;
  adopt: (paths: string[]) => Promise<void>;
  /** Removes a linked or adopted model from the list. */
  forget: (modelId: string) => Promise<void>;
  /** Moves a downloaded model to the trash. */
  remove: (modelId: string) => Promise<void>;
  /** Resolves with null if they could not be read. */
  choices: (modelId: string) => Promise<ModelChoices | null>;
  setChoices: (modelId: string, choices: ModelChoices) => Promise<ModelChoices | null>;
  dismissProblem: () => void;
}

export type ModelsStore = StoreApi<ModelsState>;

export function createModelsStore(door: Door): ModelsStore {
  const store = createStore<ModelsState>()((set) => {
    const survey = coalesced(async () => {
      const [foreign, disk] = await Promise.allSettled([door.call("models.foreign", {}), door.call("models.disk", {})]);
      if (foreign.status === "fulfilled") set({ foreign: foreign.value });
      if (disk.status === "fulfilled") set({ disk: disk.value });
    });
    const refresh = coalesced(async () => {
      try {
        set({ list: { state: "ready", value: await door.call("models.list", {}) } });
      } catch (error) {
        set({ list: { state: "failed", problem: door.problem(error) } });
      }
    });
    const attempt = attempts(door, (problem) => set({ problem }));
    const showLoaded = (loaded: LoadState | null): void => {
      if (loaded) set({ loaded, problem: loaded.state === "failed" ? loaded.problem : null });
    };
    return {
      list: { state: "loading" },
      loaded: { state: "none" },
      loadTimes: {},
      foreign: [],
      disk: null,
      importing: false,
      problem: null,
      refresh,
      survey,
      load: async (modelId) => showLoaded(await attempt(() => door.call("models.load", { modelId }))),
      use: async (modelId) => showLoaded(await attempt(() => door.call("models.use", { modelId }))),
      cancelLoad: async () => {
        await attempt(() => door.call("models.cancelLoad", {}));
      },
      unload: async () => {
        await attempt(() => door.call("models.unload", {}));
      },
      importFile: () =>
        attempt(async () => {
          set({ importing: true });
          const model = await door.call("shell.importModel", {}).finally(() => set({ importing: false }));
          if (model !== null) await refresh();
          return model;
        }),
      openDropped: async (files) => {
        set({ problem: null });
        for (const file of files) {
          await door
            .importFile(file)
            .catch((error: unknown) => set({ problem: { ...door.problem(error), file: file.name } }));
        }
      },
      showFile: async (modelId) => {
        await attempt(() => door.call("shell.showModel", { modelId }));
      },
      adopt: async (paths) => {
        await attempt(() => door.call("models.adopt", { paths }));
        await Promise.all([refresh(), survey()]);
      },
      forget: async (modelId) => {
        await attempt(() => door.call("models.forget", { modelId }));
        await Promise.all([refresh(), survey()]);
      },
      remove: async (modelId) => {
        await attempt(() => door.call("models.delete", { modelId }));
        await Promise.all([refresh(), survey()]);
      },
      choices: (modelId) => attempt(() => door.call("models.choices", { modelId })),
      setChoices: (modelId, choices) => attempt(() => door.call("models.setChoices", { modelId, choices })),
      dismissProblem: () => set({ problem: null }),
    };
  });

  onNamed(door, "models.changed", () => {
    const { refresh, survey, disk } = store.getState();
    void refresh();
    // Other apps' folders need not be read before the Models screen has been opened.
    if (disk !== null) void survey();
  });
  onNamed(door, "models.used", ({ modelId, ...used }) => {
    const { list } = store.getState();
    if (list.state !== "ready") return;
    const value = list.value.map((model) => (model.id === modelId ? { ...model, ...used } : model));
    store.setState({ list: { state: "ready", value } });
  });
  snapshotThenEvents({
    snapshot: () => door.call("models.loaded", {}),
    events: (tell) => onNamed(door, "models.loadedChanged", tell),
    apply: (loaded) =>
      store.setState(({ loadTimes }) => ({
        loaded,
        loadTimes: loaded.state === "ready" ? { ...loadTimes, [loaded.modelId]: loaded.facts.loadMs } : loadTimes,
      })),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  void store.getState().refresh();
  return store;
}
