import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallInput } from "../../electron/contract/calls.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Server, ServerList } from "../../electron/contract/servers.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

/** What the dialog is about: a new server, or one that is changed. */
export type EditedServer = { server: Server | null };

export interface ServersState {
  list: Loadable<ServerList>;
  /** The dialog that adds or changes a server. Null while it is closed. */
  edited: EditedServer | null;
  isSaving: boolean;
  /** Why the server in the dialog could not be saved. */
  saveProblem: Problem | null;
  /** Why the last request about the list failed. */
  problem: Problem | null;
  /** Opens the dialog, for a new server or for this one. */
  edit: (server: Server | null) => void;
  closeEdited: () => void;
  add: (server: CallInput<"servers.add">) => Promise<void>;
  change: (server: CallInput<"servers.change">) => Promise<void>;
  /** Connects to it. `modelName`: the model that is asked something. */
  test: (serverId: string, modelName: string | null) => Promise<void>;
  cancelTest: (serverId: string) => Promise<void>;
  remove: (serverId: string) => Promise<void>;
}
export type ServersStore = StoreApi<ServersState>;

/** Creates the store of the servers whose models can be used. */
export function createServersStore(door: Door): ServersStore {
  const store = createStore<ServersState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const attemptToSave = attempts(door, (saveProblem) => set({ saveProblem }));
    /** What was saved is tested at once. */
    const save = async (work: () => Promise<Server>): Promise<void> => {
      set({ isSaving: true });
      const { edited } = get();
      const saved = await attemptToSave(work);
      set({ isSaving: false });
      if (saved === null) return;
      // Another one may have been opened meanwhile.
      if (get().edited === edited) set({ edited: null });
      await get().test(saved.id, null);
    };
    return {
      list: { state: "loading" },
      edited: null,
      isSaving: false,
      saveProblem: null,
      problem: null,
      edit: (server) => set({ edited: { server }, saveProblem: null }),
      closeEdited: () => set({ edited: null }),
      add: (server) => save(() => door.call("servers.add", server)),
      change: (server) => save(() => door.call("servers.change", server)),
      test: async (serverId, modelName) => {
        await attempt(() => door.call("servers.test", { serverId, modelName }));
      },
      cancelTest: async (serverId) => {
        await attempt(() => door.call("servers.cancelTest", { serverId }));
      },
      remove: async (serverId) => {
        await attempt(() => door.call("servers.remove", { serverId }));
      },
    };
  });
  snapshotThenEvents({
    snapshot: () => door.call("servers.list", {}),
    events: (tell) => onNamed(door, "servers.changed", tell),
    apply: (value) => store.setState({ list: { state: "ready", value } }),
    fail: (error) => store.setState({ list: { state: "failed", problem: door.problem(error) } }),
  });
  return store;
}
