import { createStore, type StoreApi } from "zustand/vanilla";
import type { BackendComparison } from "../../electron/contract/backendSpeeds.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Fit, FitSubject, SpeedTrials } from "../../electron/contract/fit.ts";
import type { Settings } from "../../electron/contract/settings.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface FitState {
  /** Null until main has responded. */
  trials: SpeedTrials | null;
  /** Keyed by `fitKey`; null: cannot be judged. */
  fits: Readonly<Record<string, Fit | null>>;
  /** The backends of this machine. Null until they are known. */
  comparison: BackendComparison | null;
  /**
   * Call when the comparison is shown. It is read again whenever it may have changed, until the returned function is
   * called.
   */
  compare: () => () => void;
  /** Why this machine could not be measured. */
  problem: Problem | null;
  /** Judges these now, and again whenever the machine's speed or the list of models changes. */
  follow: (subjects: readonly FitSubject[]) => Promise<void>;
  /** Call when predictions are shown, so that a machine that was never measured is measured once it is idle. */
  estimateWhenIdle: () => Promise<void>;
  /** Resolves when the measurement has ended; never rejects. */
  measure: () => Promise<void>;
  cancelMeasuring: () => Promise<void>;
  dismissProblem: () => void;
}
export type FitStore = StoreApi<FitState>;

export const fitKey = (subject: FitSubject): string => JSON.stringify(subject);

export function createFitStore(door: Pick<Door, "call" | "onEvent" | "problem">): FitStore {
  const followed = new Map<string, FitSubject>();
  /** Who shows the comparison now. */
  const comparing = new Set<symbol>();
  const store = createStore<FitState>()((set) => ({
    trials: null,
    fits: {},
    comparison: null,
    compare: () => {
      const shown = Symbol();
      comparing.add(shown);
      void compareAgain();
      return () => comparing.delete(shown);
    },
    problem: null,
    follow: async (subjects) => {
      for (const subject of subjects) followed.set(fitKey(subject), subject);
      await refresh();
    },
    estimateWhenIdle: async () => {
      await door.call("fit.estimateWhenIdle", {}).catch(() => undefined);
    },
    measure: async () => {
      set({ problem: null });
      try {
        // A user who asks again wants a new measurement.
        set({ trials: await door.call("fit.measure", { again: true }) });
      } catch (error) {
        set({ problem: door.problem(error), trials: await door.call("fit.trials", {}).catch(() => null) });
      }
    },
    cancelMeasuring: async () => {
      await door.call("fit.cancelMeasuring", {}).catch(() => undefined);
    },
    dismissProblem: () => set({ problem: null }),
  }));
  const refresh = coalesced(async () => {
    const subjects = [...followed.values()];
    if (subjects.length === 0) return;
    const judged = await door.call("fit.list", { subjects }).catch(() => []);
    if (judged === null) return;
    store.setState({ fits: Object.fromEntries(subjects.map((each, index) => [fitKey(each), judged[index] ?? null])) });
  });
  const compareAgain = coalesced(async () => {
    if (comparing.size === 0) return;
    const comparison = await door.call("fit.backends", {}).catch(() => null);
    if (comparison !== null) store.setState({ comparison });
  });
  const refreshAll = (): void => {
    void refresh();
    void compareAgain();
  };
  onNamed(door, "models.changed", refreshAll);
  onNamed(door, "benchmark.historyChanged", refreshAll);
  let chosen: Pick<Settings, "backend" | "contextSize"> | null = null;
  onNamed(door, "settings.changed", ({ backend, contextSize }) => {
    // These two change predictions. Other settings do not.
    if (chosen !== null && chosen.backend === backend && chosen.contextSize === contextSize) return;
    chosen = { backend, contextSize };
    refreshAll();
  });
  onNamed(door, "engine.changed", ({ state }) => {
    if (state === "ready") void compareAgain();
  });
  snapshotThenEvents({
    snapshot: () => door.call("fit.trials", {}),
    events: (tell) => onNamed(door, "fit.changed", tell),
    apply: (trials) => {
      store.setState({ trials });
      if (trials.state !== "measuring") refreshAll();
    },
  });
  return store;
}
