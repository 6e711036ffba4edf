import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineState, KeptStatesUse } from "../../electron/contract/engine.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface EngineStoreState {
  /** Null until main has responded. */
  engine: EngineState | null;
  problem: Problem | null;
  /** Starts the engine again when the user asks for it after three failures. */
  start: () => Promise<void>;
  /** What is kept of what models have read. Null until it was asked for. */
  keptStates: KeptStatesUse | null;
  readKeptStates: () => Promise<void>;
  deleteKeptStates: () => Promise<void>;
}
export type EngineStore = StoreApi<EngineStoreState>;

export function createEngineStore(door: Door): EngineStore {
  const store = createStore<EngineStoreState>()((set) => {
    const showKept = async (name: "engine.keptStates" | "engine.deleteKeptStates"): Promise<void> => {
      try {
        set({ keptStates: await door.call(name, {}), problem: null });
      } catch (error) {
        set({ problem: door.problem(error) });
      }
    };
    return {
      engine: null,
      problem: null,
      keptStates: null,
      readKeptStates: () => showKept("engine.keptStates"),
      deleteKeptStates: () => showKept("engine.deleteKeptStates"),
      start: async () => {
        try {
          set({ engine: await door.call("engine.start", {}), problem: null });
        } catch (error) {
          set({ problem: door.problem(error) });
        }
      },
    };
  });

  snapshotThenEvents({
    snapshot: () => door.call("engine.state", {}),
    events: (tell) => onNamed(door, "engine.changed", tell),
    apply: (engine) => store.setState({ engine, problem: null }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
