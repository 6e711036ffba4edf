import type { BenchmarkResult, BenchmarkState } from "../../contract/benchmark.ts";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import { isRemote } from "../../contract/modelKinds.ts";
import type { ServerBenchmarkState } from "../../contract/serverBenchmark.ts";
import { exportResults } from "../../workbench/benchmark/exportResults.ts";
import { Signal } from "../../workbench/Signal.ts";
import { benchDocument } from "../benchDocument.ts";
import { benchProgress, benchText, finishedTests } from "../benchText.ts";
import { benchServer } from "./benchServer.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import type { Terminal } from "../Terminal.ts";
import { untilEnded } from "../untilEnded.ts";

/** `r1 bench`: measures a model's speed. Interrupted, it prints what was measured by then. */
export async function bench(command: CommandOf<"bench">, run: CommandRun): Promise<number> {
  const { plan, threads, solve, output } = command;
  const { terminal, open } = run;
  const states = new Signal<BenchmarkState>();
  const serverStates = new Signal<ServerBenchmarkState>();
  const workbench = await open({
    "benchmark.changed": (state) => states.emit(state),
    "serverBenchmark.changed": (state) => serverStates.emit(state),
  });
  const model = command.model === null ? null : await workbench.namedModel(command.model);
  if (model !== null && isRemote(model)) return await benchServer(model, command, run, workbench, serverStates);
  const modelId = model?.id ?? null;
  let told = 0;
  const job = {
    states,
    start: () =>
      workbench.call("benchmark.start", { modelId, plan, settings: { threads }, ...(solve === null ? {} : { solve }) }),
    stop: () => workbench.call("benchmark.stop", {}),
    line: (state: BenchmarkState) => {
      const lines = finishedTests(terminal.texts, state);
      // In a log as well as on a terminal: a long benchmark shows what it has.
      if (!terminal.json) for (const line of lines.slice(told)) terminal.aside(`${line}\n`);
      told = lines.length;
      return benchProgress(terminal.texts, state);
    },
  };
  const { outcome, result, problem } = await untilEnded(job, run);

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

function print(result: BenchmarkResult, output: CommandOf<"bench">["output"], terminal: Terminal): void {
  if (terminal.json) terminal.document(benchDocument(result));
  else terminal.write(output === null ? benchText(terminal.texts, result) : exportResults([result], output));
}
