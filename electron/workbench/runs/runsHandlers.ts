import type { Handlers } from "../../contract/calls.ts";
import type { runsCalls } from "../../contract/runs.ts";
import type { Runs } from "./Runs.ts";

export function runsHandlers(runs: Runs): Handlers<typeof runsCalls> {
  return {
    "runs.stop": ({ runId }) => {
      runs.stop(runId);
      return null;
    },
  };
}
