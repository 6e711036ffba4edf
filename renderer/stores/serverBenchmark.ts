import { createStore, type StoreApi } from "zustand/vanilla";
import type { BenchmarkExportFormat } from "../../electron/contract/benchmark.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ServerBenchmarkHistory, ServerBenchmarkState } from "../../electron/contract/serverBenchmark.ts";
import { type ServerBenchmarkPlan, usualServerPlan } from "../../electron/contract/serverBenchmarkPlan.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

/** The numbers of a plan, as typed. */
export type ServerPlanFields = Record<keyof ServerBenchmarkPlan, string>;

export interface ServerBenchmarkStoreState {
  /** The benchmark of a server that is running or ran last. Null until main has responded. */
  phase: ServerBenchmarkState | null;
  /** Whether a stop was requested and the benchmark has not ended yet. */
  stopping: boolean;
  fields: ServerPlanFields;
  type: (part: Partial<ServerPlanFields>) => void;
  /** Read when a screen first needs it. */
  history: Loadable<ServerBenchmarkHistory>;
  /** Why the last request failed. */
  problem: Problem | null;
  start: (modelId: string, plan: ServerBenchmarkPlan) => Promise<void>;
  stop: () => Promise<void>;
  readHistory: () => Promise<void>;
  remove: (resultIds: string[]) => Promise<void>;
  /** Resolves with null if it failed; `problem` then says why. */
  exported: (resultIds: string[], format: BenchmarkExportFormat) => Promise<{ fileName: string; text: string } | null>;
  dismissProblem: () => void;
}
export type ServerBenchmarkStore = StoreApi<ServerBenchmarkStoreState>;

export function createServerBenchmarkStore(door: Pick<Door, "call" | "onEvent" | "problem">): ServerBenchmarkStore {
  let asksHistory = false;
  let isStarting = false;

  const store = createStore<ServerBenchmarkStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const readHistory = coalesced(async () => {
      asksHistory = true;
      try {
        set({ history: { state: "ready", value: await door.call("serverBenchmark.history", {}) } });
      } catch (error) {
        set({ history: { state: "failed", problem: door.problem(error) } });
      }
    });
    const { promptTokens, writtenTokens, repeats } = usualServerPlan;
    return {
      phase: null,
      stopping: false,
      fields: {
        promptTokens: String(promptTokens),
        writtenTokens: String(writtenTokens),
        repeats: String(repeats),
      },
      type: (part) => set(({ fields }) => ({ fields: { ...fields, ...part } })),
      history: { state: "loading" },
      problem: null,
      start: async (modelId, plan) => {
        // A second press is no second wish: a server may charge for it.
        if (isStarting || get().phase?.state === "measuring") return;
        isStarting = true;
        await attempt(() => door.call("serverBenchmark.start", { modelId, plan }));
        isStarting = false;
      },
      stop: async () => {
        if (get().stopping) return;
        set({ stopping: true });
        await attempt(() => door.call("serverBenchmark.stop", {}));
        set({ stopping: false });
      },
      readHistory,
      remove: async (resultIds) => {
        await attempt(() => door.call("serverBenchmark.remove", { resultIds }));
        await readHistory();
      },
      exported: (resultIds, format) => attempt(() => door.call("serverBenchmark.export", { resultIds, format })),
      dismissProblem: () => set({ problem: null }),
    };
  });

  snapshotThenEvents({
    snapshot: () => door.call("serverBenchmark.state", {}),
    events: (tell) => onNamed(door, "serverBenchmark.changed", tell),
    apply: (phase) => store.setState({ phase }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  onNamed(door, "serverBenchmark.historyChanged", () => {
    if (asksHistory) void store.getState().readHistory();
  });
  return store;
}
