import type { TuneState } from "../../electron/contract/tune.ts";
import { useTune } from "./useStores.ts";

export type RunningTuning = Extract<TuneState, { state: "queued" | "trying" }>;

/** The tuning that runs now; null: none does. */
export function useRunningTuning(): RunningTuning | null {
  return useTune(({ phase }) => (phase?.state === "queued" || phase?.state === "trying" ? phase : null));
}
