import type { TuneState } from "../../electron/contract/tune.ts";
import { useTune } from "./useStores.ts";

export type RunningTuning = Extract<TuneState, { state: "queued" | "trying" }>;

/** Returns the running tuning, or null. */
export function useRunningTuning(): RunningTuning | null {
  return useTune(({ phase }) => (phase?.state === "queued" || phase?.state === "trying" ? phase : null));
}
