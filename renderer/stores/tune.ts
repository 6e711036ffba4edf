import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { AppliedTuning, TuneStart, TuneState } from "../../electron/contract/tune.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface TuneStoreState {
  /** The tuning that is running or ran last. Null until main has responded. */
  phase: TuneState | null;
  /** Whether a stop was requested and the tuning has not ended yet. */
  stopping: boolean;
  /** What the next tuning is set to do. `modelId` null: the model tuned last, or the one for replies. */
  choices: TuneStart;
  choose: (part: Partial<TuneStart>) => void;
  /** The tuning in use for the model last requested. */
  applied: { modelId: string; tuning: AppliedTuning | null } | null;
  /** Why the last request failed. */
  problem: Problem | null;
  start: (start: TuneStart) => Promise<unknown>;
  stop: () => Promise<void>;
  /** Saves the last tuning's proposal as the model's choices. */
  apply: (runId: string) => Promise<unknown>;
  undo: (modelId: string) => Promise<unknown>;
  readApplied: (modelId: string) => Promise<void>;
  dismissProblem: () => void;
}
export type TuneStore = StoreApi<TuneStoreState>;

export function createTuneStore(door: Pick<Door, "call" | "onEvent" | "problem">): TuneStore {
  /** Only the response to the newest request is used. */
  let asked = 0;

  const store = createStore<TuneStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      phase: null,
      stopping: false,
      choices: { modelId: null, minutes: 2, allowLossy: false },
      choose: (part) => set(({ choices }) => ({ choices: { ...choices, ...part } })),
      applied: null,
      problem: null,
      // Events follow. The one that reports the end may arrive before this call resolves.
      start: (start) => attempt(() => door.call("tune.start", start)),
      stop: async () => {
        if (get().stopping) return;
        set({ stopping: true });
        await attempt(() => door.call("tune.stop", {}));
        set({ stopping: false });
      },
      apply: (runId) => attempt(() => door.call("tune.apply", { runId })),
      undo: (modelId) => attempt(() => door.call("tune.undo", { modelId })),
      readApplied: async (modelId) => {
        const mine = ++asked;
        // If this fails, undo is not offered. The model's settings show what is set.
        const tuning = await door.call("tune.applied", { modelId }).catch(() => null);
        if (mine === asked) set({ applied: { modelId, tuning } });
      },
      dismissProblem: () => set({ problem: null }),
    };
  });

  snapshotThenEvents({
    snapshot: () => door.call("tune.state", {}),
    events: (tell) => onNamed(door, "tune.changed", tell),
    apply: (phase) => store.setState({ phase }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  onNamed(door, "models.changed", () => {
    const { applied, readApplied } = store.getState();
    if (applied !== null) void readApplied(applied.modelId);
  });
  return store;
}
