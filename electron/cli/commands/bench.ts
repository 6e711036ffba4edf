import type { BenchmarkResult, BenchmarkState } from "../../contract/benchmark.ts";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import { exportResults } from "../../workbench/benchmark/exportResults.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import { benchProgress, benchText, finishedTests } from "../benchText.ts";
import type { BenchCommand } from "../Command.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { StepLines } from "../StepLines.ts";
import type { Terminal } from "../Terminal.ts";

type Ended = Extract<BenchmarkState, { state: "ended" }>;

/** `r1 bench`: measures a model's speed. Interrupted, it prints what was measured by then. */
export async function bench(
  { model, plan, threads, output }: BenchCommand,
  terminal: Terminal,
  open: (onEvent: EventListener) => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  let follow: (state: BenchmarkState) => void = () => undefined;
  const workbench = await open((name, data) => {
    // The event's name ties its data's type; TypeScript cannot follow that.
    if (name === "benchmark.changed") follow(data as Events["benchmark.changed"]);
  });
  const modelId = await modelIdOf(workbench, model);
  const steps = new StepLines(terminal, !terminal.json);
  const ended = await new Promise<Ended>((resolve, reject) => {
    let told = 0;
    follow = (state) => {
      if (state.state === "ended") resolve(state);
      const lines = finishedTests(state);
      // In a log as well as on a terminal: a long benchmark shows what it has.
      if (!terminal.json) for (const line of lines.slice(told)) terminal.aside(`${line}\n`);
      told = lines.length;
      steps.show(benchProgress(state));
    };
    workbench.call("benchmark.start", { modelId, plan, settings: { threads } }).then(() => {
      const stop = (): void => void workbench.call("benchmark.stop", {}).catch(reject);
      if (cancelling.aborted) stop();
      cancelling.addEventListener("abort", stop, { once: true });
    }, reject);
  }).finally(() => steps.end());

  const { outcome, result, problem } = ended;
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
  if (terminal.json) terminal.document(documentOf(result));
  else terminal.write(output === null ? benchText(result) : exportResults([result], output));
}

/** These keys are relied on by scripts; whether it was noisy is one of the conditions. */
function documentOf({ conditions, noise, tests, leftOut, loadMs, ttftMs, peakMemoryBytes }: BenchmarkResult) {
  return {
    conditions: { ...conditions, noise },
    tests: tests.map(({ name, depth, tokensPerSecond: { median, min, max, samples } }) => ({
      name,
      depth,
      tokensPerSecond: { median, min, max, samples },
    })),
    ...(leftOut.length > 0 ? { leftOut } : {}),
    loadMs,
    ttftMs,
    peakMemoryBytes,
  };
}
