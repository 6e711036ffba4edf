import type { Handlers } from "../../contract/calls.ts";
import type { runsCalls } from "../../contract/runs.ts";
import { Runs, type RunsOptions } from "./Runs.ts";

export interface OpenedRuns {
  api: Runs;
  handlers: Handlers<typeof runsCalls>;
  /** Keeps the text of running replies, marked as interrupted. */
  close: () => Promise<void>;
}

export function openRuns(options: RunsOptions): OpenedRuns {
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
