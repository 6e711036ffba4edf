import type { BenchmarkResult, BenchmarkState } from "../../contract/benchmark.ts";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import { exportResults } from "../../workbench/benchmark/exportResults.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import { benchDocument } from "../benchDocument.ts";
import { benchProgress, benchText, finishedTests } from "../benchText.ts";
import type { BenchCommand } from "../Command.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { StepLines } from "../StepLines.ts";
import type { Terminal } from "../Terminal.ts";
import { untilEnded } from "../untilEnded.ts";

/** `r1 bench`: measures a model's speed. Interrupted, it prints what was measured by then. */
export async function bench(
  { model, plan, threads, output }: BenchCommand,
  terminal: Terminal,
  open: (onEvent: EventListener) => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  let hear: (state: BenchmarkState) => void = () => undefined;
  const workbench = await open((name, data) => {
    // The event's name ties its data's type; TypeScript cannot follow that.
    if (name === "benchmark.changed") hear(data as Events["benchmark.changed"]);
  });
  const modelId = await modelIdOf(workbench, model);
  const steps = new StepLines(terminal, !terminal.json);
  let told = 0;
  const { outcome, result, problem } = await untilEnded<BenchmarkState>({
    start: () => workbench.call("benchmark.start", { modelId, plan, settings: { threads } }),
    stop: () => workbench.call("benchmark.stop", {}),
    follow: (each) => (hear = each),
    show: (state) => {
      const lines = finishedTests(terminal.texts, state);
      // In a log as well as on a terminal: a long benchmark shows what it has.
      if (!terminal.json) for (const line of lines.slice(told)) terminal.aside(`${line}\n`);
      told = lines.length;
      steps.show(benchProgress(terminal.texts, state));
    },
    cancelling,
  }).finally(() => steps.end());

  if (outcome === "stopped") {
    if (result !== null) print(result, output, terminal);
    return 130;
  }
  // With --json there is one document: the failure's. The result is in the history all the same.
  if (result !== null && (problem === null || !terminal.json)) print(result, output, terminal);
  if (problem !== null) throw toError(problem);
  if (result === null) throw new WorkbenchError("internal");
  return 0;
}

function print(result: BenchmarkResult, output: BenchCommand["output"], terminal: Terminal): void {
  if (terminal.json) terminal.document(benchDocument(result));
  else terminal.write(output === null ? benchText(terminal.texts, result) : exportResults([result], output));
}
