import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { LlamaServerState, ServerSetup } from "../../electron/contract/llamaServer.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface LlamaServerStoreState {
  known: Loadable<LlamaServerState>;
  /** Whether the program that was chosen is being examined. */
  isChoosing: boolean;
  isPlanning: boolean;
  /** The last lines that it wrote. Null until they were asked for. */
  log: string[] | null;
  /** Why the last request failed. */
  problem: Problem | null;
  /** Reads the program and what it is to run, which `r1` may have changed. */
  read: () => Promise<void>;
  /** Opens a file dialog for the program. Nothing happens if it is cancelled. */
  choose: () => Promise<void>;
  setUp: (change: Partial<ServerSetup>) => Promise<void>;
  showPlan: () => Promise<void>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  readLog: () => Promise<void>;
}
export type LlamaServerStore = StoreApi<LlamaServerStoreState>;

/** Creates the store of the llama-server that the app runs. */
export function createLlamaServerStore(door: Door): LlamaServerStore {
  const store = createStore<LlamaServerStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    // It is asked for by itself, so it neither hides nor replaces what else went wrong.
    const attemptQuietly = attempts(door, () => undefined);
    const keep = (value: LlamaServerState | null): void => {
      if (value !== null) set({ known: { state: "ready", value } });
    };
    /** Resolves with whether what was changed last is kept. Workers on other machines wait for a dialog. */
    let changing = Promise.resolve(true);
    async function change(setup: Partial<ServerSetup>): Promise<boolean> {
      const { known } = get();
      if (known.state !== "ready") return false;
      const state = await attempt(() => door.call("llamaServer.setUp", { ...known.value.setup, ...setup }));
      keep(state);
      return state !== null;
    }
    return {
      known: { state: "loading" },
      isChoosing: false,
      isPlanning: false,
      log: null,
      problem: null,
      read: async () => {
        try {
          keep(await door.call("llamaServer.state", {}));
        } catch (error) {
          set({ known: { state: "failed", problem: door.problem(error) } });
        }
      },
      choose: async () => {
        if (get().isChoosing) return;
        set({ isChoosing: true });
        keep(await attempt(() => door.call("shell.chooseLlamaServer", {})));
        set({ isChoosing: false });
      },
      setUp: async (setup) => {
        const mine = changing.then(() => change(setup));
        changing = mine;
        await mine;
        if (changing === mine) changing = Promise.resolve(true);
      },
      showPlan: async () => {
        if (get().isPlanning || !(await changing)) return;
        set({ isPlanning: true });
        if ((await attempt(() => door.call("llamaServer.plan", {}))) !== null) await get().read();
        set({ isPlanning: false });
      },
      start: async () => {
        // Nothing else is started than what is shown.
        if (!(await changing)) return;
        set({ problem: null });
        try {
          keep(await door.call("llamaServer.start", {}));
        } catch (error) {
          // The event may come later.
          await get().read();
          const { known } = get();
          const saysWhy = known.state === "ready" && known.value.server.state === "failed";
          if (!saysWhy) set({ problem: door.problem(error) });
        }
      },
      stop: async () => {
        keep(await attempt(() => door.call("llamaServer.stop", {})));
      },
      readLog: async () => {
        const log = await attemptQuietly(() => door.call("llamaServer.log", {}));
        if (log !== null) set({ log });
      },
    };
  });
  onNamed(door, "llamaServer.changed", (server) => {
    const { known, read } = store.getState();
    if (known.state !== "ready") return;
    store.setState({ known: { state: "ready", value: { ...known.value, server } } });
    // With the plan that a start made.
    if (server.state === "loading" && known.value.server.state !== "loading") void read();
  });
  return store;
}
