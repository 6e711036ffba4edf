import type { Handlers } from "../../contract/calls.ts";
import type { tuneCalls } from "../../contract/tune.ts";
import type { TuneOwner } from "./createTune.ts";

/** Answers the `tune.*` calls. */
export function tuneHandlers(tune: TuneOwner): Handlers<typeof tuneCalls> {
  return {
    "tune.start": (start) => tune.start(start),
    "tune.stop": () => tune.stop(),
    "tune.state": () => tune.state,
    "tune.apply": ({ runId }) => tune.apply(runId),
    "tune.undo": ({ modelId }) => tune.undo(modelId),
    "tune.applied": ({ modelId }) => tune.applied(modelId),
  };
}
