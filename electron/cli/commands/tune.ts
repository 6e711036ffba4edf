import { toError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import type { TuneState } from "../../contract/tune.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { TuneCommand } from "../Command.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { StepLines } from "../StepLines.ts";
import type { Terminal } from "../Terminal.ts";
import { tuneDocument } from "../tuneDocument.ts";
import { tuneProgress, tuneText } from "../tuneText.ts";
import { untilEnded } from "../untilEnded.ts";

/**
 * `r1 tune`: finds the fastest settings for a model; with --apply they become its choices. Interrupted, it prints what
 * was found by then.
 */
export async function tune(
  { model, minutes, lossy, apply, undo }: TuneCommand,
  terminal: Terminal,
  open: (onEvent: EventListener) => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  let hear: (state: TuneState) => void = () => undefined;
  const workbench = await open((name, data) => {
    // The event's name ties its data's type; TypeScript cannot follow that.
    if (name === "tune.changed") hear(data as Events["tune.changed"]);
  });
  const modelId = await modelIdOf(workbench, model);
  if (undo) {
    const choices = await workbench.call("tune.undo", { modelId });
    if (terminal.json) terminal.document({ choices });
    else terminal.write(`${terminal.texts.say("tune:terminal.undone")}\n`);
    return 0;
  }
  const steps = new StepLines(terminal, !terminal.json);
  const ended = await untilEnded<TuneState>({
    start: () => workbench.call("tune.start", { modelId, minutes, allowLossy: lossy }),
    stop: () => workbench.call("tune.stop", {}),
    follow: (each) => (hear = each),
    show: (state) => steps.show(tuneProgress(terminal.texts, state)),
    cancelling,
  }).finally(() => steps.end());

  const { run, outcome, proposal, problem } = ended;
  if (problem !== null && terminal.json) throw toError(problem);
  const applied =
    apply && proposal !== null && outcome !== "stopped" ? await workbench.call("tune.apply", { runId: run.id }) : null;
  if (terminal.json) terminal.document(tuneDocument(ended, applied));
  else terminal.write(tuneText(terminal.texts, ended, applied));
  if (problem !== null) throw toError(problem);
  return outcome === "stopped" ? 130 : 0;
}
