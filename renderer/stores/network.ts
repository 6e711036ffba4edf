import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Connection, ConnectionList, NetworkState } from "../../electron/contract/network.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

/** More than the record holds. */
const all = 100_000;

export interface NetworkStoreState {
  /** Null until main has responded. */
  network: NetworkState | null;
  /** The newest connections. */
  recorded: Loadable<ConnectionList>;
  /** Why Offline could not be turned on or off. */
  problem: Problem | null;
  /** Why the record could not be deleted, or not read as a whole. */
  recordProblem: Problem | null;
  /** Resolves with whether it succeeded. */
  turnOffline: (isOffline: boolean) => Promise<boolean>;
  dismissProblem: () => void;
  /** Reads the newest connections, and again whenever one is recorded. Returns a function that stops that. */
  follow: (most: number) => () => void;
  /** Resolves with every recorded connection, or null if they could not be read. */
  readAll: () => Promise<Connection[] | null>;
  clear: () => Promise<void>;
}
export type NetworkStore = StoreApi<NetworkStoreState>;

export function createNetworkStore(door: Door): NetworkStore {
  let most: number | null = null;
  const store = createStore<NetworkStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const attemptWithRecord = attempts(door, (recordProblem) => set({ recordProblem }));
    return {
      network: null,
      recorded: { state: "loading" },
      problem: null,
      recordProblem: null,
      turnOffline: async (isOffline) => {
        await attempt(() => door.call("settings.change", { offline: isOffline }));
        return get().problem === null;
      },
      dismissProblem: () => set({ problem: null }),
      follow: (wanted) => {
        most = wanted;
        void read();
        return () => {
          most = null;
        };
      },
      readAll: async () => {
        const list = await attemptWithRecord(() => door.call("network.connections", { most: all }));
        return list?.connections ?? null;
      },
      clear: async () => {
        await attemptWithRecord(() => door.call("network.clear", {}));
      },
    };
  });
  const read = coalesced(async () => {
    if (most === null) return;
    try {
      store.setState({ recorded: { state: "ready", value: await door.call("network.connections", { most }) } });
    } catch (error) {
      store.setState({ recorded: { state: "failed", problem: door.problem(error) } });
    }
  });
  onNamed(door, "network.connectionsChanged", () => void read());
  snapshotThenEvents({
    snapshot: () => door.call("network.state", {}),
    events: (tell) => onNamed(door, "network.changed", tell),
    apply: (network) =>
      store.setState((before) => ({
        network,
        // Something else has turned it on or off.
        problem: before.network?.isOffline === network.isOffline ? before.problem : null,
      })),
  });
  return store;
}
