import type { runsCalls } from "../../contract/runs.ts";
import type { Capability } from "../Capability.ts";
import { Runs, type RunsOptions } from "./Runs.ts";

export function openRuns(options: RunsOptions): Capability<typeof runsCalls, Runs> {
  const runs = new Runs(options);
  return {
    api: runs,
    handlers: {
      "runs.stop": ({ runId }) => {
        runs.stop(runId);
        return null;
      },
    },
    close: () => runs.close(),
  };
}
