import { toError } from "../../contract/errors.ts";
import type { TuneState } from "../../contract/tune.ts";
import { Signal } from "../../workbench/Signal.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { tuneDocument } from "../tuneDocument.ts";
import { tuneProgress, tuneText } from "../tuneText.ts";
import { untilEnded } from "../untilEnded.ts";

/**
 * `r1 tune`: finds the fastest settings for a model; with --apply they become its choices. Interrupted, it prints what
 * was found by then.
 */
export async function tune(
  { model, minutes, lossy, apply, undo }: CommandOf<"tune">,
  commandRun: CommandRun,
): Promise<number> {
  const { terminal, open } = commandRun;
  const states = new Signal<TuneState>();
  const workbench = await open({ "tune.changed": (state) => states.emit(state) });
  const modelId = await modelIdOf(workbench, model);
  if (undo) {
    const choices = await workbench.call("tune.undo", { modelId });
    if (terminal.json) terminal.document({ choices });
    else terminal.write(`${terminal.texts.say("tune:terminal.undone")}\n`);
    return 0;
  }
  const job = {
    states,
    start: () => workbench.call("tune.start", { modelId, minutes, allowLossy: lossy }),
    stop: () => workbench.call("tune.stop", {}),
    line: (state: TuneState) => tuneProgress(terminal.texts, state),
  };
  const ended = await untilEnded(job, commandRun);
  const { run, outcome, proposal, problem } = ended;
  if (problem !== null && terminal.json) throw toError(problem);
  const applied =
    apply && proposal !== null && outcome !== "stopped" ? await workbench.call("tune.apply", { runId: run.id }) : null;
  if (terminal.json) terminal.document(tuneDocument(ended, applied));
  else terminal.write(tuneText(terminal.texts, ended, applied));
  if (problem !== null) throw toError(problem);
  return outcome === "stopped" ? 130 : 0;
}
