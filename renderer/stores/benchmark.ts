import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  BenchmarkExportFormat,
  BenchmarkPlan,
  BenchmarkResult,
  BenchmarkStart,
  BenchmarkState,
} from "../../electron/contract/benchmark.ts";
import type {
  BenchmarkComparison,
  BenchmarkRecheck,
  HistoryChange,
} from "../../electron/contract/benchmarkComparison.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { SolveWish } from "../../electron/contract/solve.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface BenchmarkHistory {
  /** The id of this machine. */
  machineId: string;
  /** The results of all models, newest first. */
  results: BenchmarkResult[];
  /** How results differ from the runs before them. */
  changes: HistoryChange[];
}

/** What the next benchmark is set to measure. */
export interface BenchmarkChoices {
  /** Null: the model measured last, or the one for replies. */
  modelId: string | null;
  kind: BenchmarkPlan["kind"];
  minutes: number;
  /** Of the custom plan, as typed. */
  fields: { reading: string; writing: string; depths: string; repeats: string };
  threads: number | null;
  /** 0: none. */
  problems: number;
  /** Null: suited to the model. */
  level: NonNullable<SolveWish["level"]> | null;
}

export interface BenchmarkStoreState {
  /** The benchmark that is running or ran last. Null until main has responded. */
  phase: BenchmarkState | null;
  /** Whether a stop was requested and the benchmark has not ended yet. */
  stopping: boolean;
  choices: BenchmarkChoices;
  choose: (part: Partial<BenchmarkChoices>) => void;
  /** Read when a screen first needs it. */
  history: Loadable<BenchmarkHistory>;
  /** The comparison of the results last chosen for one; null: none. */
  comparison: Loadable<BenchmarkComparison> | null;
  /** The answer for the model last requested; null: not known. */
  recheck: { modelId: string; answer: BenchmarkRecheck } | null;
  /** Why the last request failed. */
  problem: Problem | null;
  start: (start: BenchmarkStart) => Promise<void>;
  stop: () => Promise<void>;
  readHistory: () => Promise<void>;
  remove: (resultIds: string[]) => Promise<void>;
  compare: (resultIds: string[]) => Promise<void>;
  endComparison: () => void;
  readRecheck: (modelId: string) => Promise<void>;
  /** Resolves with null if it failed; `problem` then says why. */
  exported: (resultIds: string[], format: BenchmarkExportFormat) => Promise<{ fileName: string; text: string } | null>;
  dismissProblem: () => void;
}
export type BenchmarkStore = StoreApi<BenchmarkStoreState>;

export function createBenchmarkStore(door: Pick<Door, "call" | "onEvent" | "problem">): BenchmarkStore {
  /** Only the response to the newest request for a comparison or a re-check is used. */
  let comparing = 0;
  let rechecking = 0;
  let asksHistory = false;
  let isStarting = false;

  const store = createStore<BenchmarkStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const readHistory = coalesced(async () => {
      asksHistory = true;
      try {
        set({ history: { state: "ready", value: await door.call("benchmark.history", {}) } });
      } catch (error) {
        set({ history: { state: "failed", problem: door.problem(error) } });
      }
    });
    return {
      phase: null,
      stopping: false,
      choices: {
        modelId: null,
        kind: "standard",
        minutes: 10,
        fields: { reading: "512", writing: "128", depths: "0", repeats: "5" },
        threads: null,
        problems: 0,
        level: null,
      },
      choose: (part) => set(({ choices }) => ({ choices: { ...choices, ...part } })),
      history: { state: "loading" },
      comparison: null,
      recheck: null,
      problem: null,
      start: async (start) => {
        // A second press is no second wish.
        if (isStarting || isRunning(get().phase)) return;
        isStarting = true;
        // Events follow. The one that reports the end may arrive before this call resolves.
        await attempt(() => door.call("benchmark.start", start));
        isStarting = false;
      },
      stop: async () => {
        if (get().stopping) return;
        set({ stopping: true });
        await attempt(() => door.call("benchmark.stop", {}));
        set({ stopping: false });
      },
      readHistory,
      remove: async (resultIds) => {
        await attempt(() => door.call("benchmark.remove", { resultIds }));
        if (get().comparison !== null) get().endComparison();
        await readHistory();
      },
      compare: async (resultIds) => {
        const mine = ++comparing;
        set({ comparison: { state: "loading" } });
        let comparison: BenchmarkStoreState["comparison"];
        try {
          comparison = { state: "ready", value: await door.call("benchmark.compare", { resultIds }) };
        } catch (error) {
          comparison = { state: "failed", problem: door.problem(error) };
        }
        if (mine === comparing) set({ comparison });
      },
      endComparison: () => {
        comparing++;
        set({ comparison: null });
      },
      readRecheck: async (modelId) => {
        const mine = ++rechecking;
        // The re-check is only a suggestion, so its failure is not reported.
        const answer = await door.call("benchmark.recheck", { modelId }).catch(() => null);
        if (mine === rechecking) set({ recheck: answer === null ? null : { modelId, answer } });
      },
      exported: (resultIds, format) => attempt(() => door.call("benchmark.export", { resultIds, format })),
      dismissProblem: () => set({ problem: null }),
    };
  });

  snapshotThenEvents({
    snapshot: () => door.call("benchmark.state", {}),
    events: (tell) => onNamed(door, "benchmark.changed", tell),
    apply: (phase) => {
      // What was refused during a run need not stand above its result.
      const hasEnded = phase.state === "ended" && isRunning(store.getState().phase);
      store.setState(hasEnded ? { phase, problem: null } : { phase });
    },
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  onNamed(door, "benchmark.historyChanged", () => {
    if (asksHistory) void store.getState().readHistory();
  });
  return store;
}

const isRunning = (phase: BenchmarkState | null): boolean =>
  phase !== null && phase.state !== "none" && phase.state !== "ended";
