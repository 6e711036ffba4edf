import type { runsCalls } from "../../contract/runs.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Notices } from "../Notices.ts";
import { Runs, type RunsOptions } from "./Runs.ts";

/** Opens the runs. A reply that cannot be saved is a notice until it is. */
export function openRuns(given: RunsOptions & { notices: Notices }): RunningCapability<typeof runsCalls, Runs> {
  const { notices, ...options } = given;
  const runs = new Runs(options);
  runs.storeProblem.on((problem) => {
    if (problem === null) notices.withdraw("disk-full");
    else notices.add(problem);
  });
  return {
    api: runs,
    handlers: {
      "runs.stop": ({ runId }) => {
        runs.stop(runId);
        return null;
      },
      "runs.skipThought": ({ runId }) => {
        runs.skipThought(runId);
        return null;
      },
    },
    close: () => runs.close(),
  };
}
