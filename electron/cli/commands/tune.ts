import { toError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import type { AppliedTuning, TuneState } from "../../contract/tune.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { TuneCommand } from "../Command.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { StepLines } from "../StepLines.ts";
import type { Terminal } from "../Terminal.ts";
import { tuneProgress, tuneText } from "../tuneText.ts";

type Ended = Extract<TuneState, { state: "ended" }>;

/** `r1 tune`: finds the fastest settings for a model; with --apply they are its choices. Interrupted, it tells what was found. */
export async function tune(
  { model, minutes, lossy, apply, undo }: TuneCommand,
  terminal: Terminal,
  open: (onEvent: EventListener) => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  let follow: (state: TuneState) => void = () => undefined;
  const workbench = await open((name, data) => {
    // The event's name ties its data's type; TypeScript cannot follow that.
    if (name === "tune.changed") follow(data as Events["tune.changed"]);
  });
  const modelId = await modelIdOf(workbench, model);
  if (undo) {
    const choices = await workbench.call("tune.undo", { modelId });
    if (terminal.json) terminal.document({ choices });
    else terminal.write("The settings are as they were before tuning.\n");
    return 0;
  }
  const steps = new StepLines(terminal, !terminal.json);
  const ended = await new Promise<Ended>((resolve, reject) => {
    follow = (state) => {
      if (state.state === "ended") resolve(state);
      else steps.show(tuneProgress(state));
    };
    workbench.call("tune.start", { modelId, minutes, allowLossy: lossy }).then(() => {
      const stop = (): void => void workbench.call("tune.stop", {}).catch(reject);
      if (cancelling.aborted) stop();
      cancelling.addEventListener("abort", stop, { once: true });
    }, reject);
  }).finally(() => steps.end());

  const { run, outcome, proposal, problem } = ended;
  if (problem !== null && terminal.json) throw toError(problem);
  const applied =
    apply && proposal !== null && outcome !== "stopped" ? await workbench.call("tune.apply", { runId: run.id }) : null;
  if (terminal.json) terminal.document(documentOf(ended, applied));
  else terminal.write(tuneText(ended, applied));
  if (problem !== null) throw toError(problem);
  return outcome === "stopped" ? 130 : 0;
}

function documentOf({ run, outcome, trials, left, before, proposal }: Ended, applied: AppliedTuning | null) {
  return { model: run.modelId, outcome, before, trials, left, proposal, applied: applied !== null };
}
