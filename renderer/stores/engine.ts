import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineState } from "../../electron/contract/engine.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface EngineStoreState {
  /** Null until main has responded. */
  engine: EngineState | null;
  problem: Problem | null;
  /** Starts the engine again when the user asks for it after three failures. */
  start: () => Promise<void>;
}
export type EngineStore = StoreApi<EngineStoreState>;

export function createEngineStore(door: Door): EngineStore {
  const store = createStore<EngineStoreState>()((set) => ({
    engine: null,
    problem: null,
    start: async () => {
      try {
        set({ engine: await door.call("engine.start", {}), problem: null });
      } catch (error) {
        set({ problem: door.problem(error) });
      }
    },
  }));

  snapshotThenEvents({
    snapshot: () => door.call("engine.state", {}),
    events: (tell) => onNamed(door, "engine.changed", tell),
    apply: (engine) => store.setState({ engine, problem: null }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
