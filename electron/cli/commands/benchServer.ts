import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { RemoteModel } from "../../contract/models.ts";
import type { ServerBenchmarkResult, ServerBenchmarkState } from "../../contract/serverBenchmark.ts";
import { exportServerResults, serverResultDocument } from "../../workbench/serverBenchmark/exportServerResults.ts";
import type { Signal } from "../../workbench/Signal.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { finishedRuns, serverBenchProgress, serverBenchText, serverPlanOf, serverPlanText } from "../serverBench.ts";
import type { Terminal } from "../Terminal.ts";
import { untilEnded } from "../untilEnded.ts";

/** `r1 bench` for a model on a server. That it was named is the consent; what is sent is said first. */
export async function benchServer(
  model: RemoteModel,
  command: CommandOf<"bench">,
  run: CommandRun,
  workbench: Workbench,
  states: Signal<ServerBenchmarkState>,
): Promise<number> {
  const { terminal } = run;
  const { texts } = terminal;
  const plan = serverPlanOf(command);
  if (!terminal.json) terminal.aside(`${serverPlanText(texts, plan, model)}\n`);
  let told = 0;
  const { outcome, result, problem } = await untilEnded(
    {
      states,
      start: () => workbench.call("serverBenchmark.start", { modelId: model.id, plan }),
      stop: () => workbench.call("serverBenchmark.stop", {}),
      line(state: ServerBenchmarkState) {
        const lines = finishedRuns(texts, state);
        if (!terminal.json) for (const line of lines.slice(told)) terminal.aside(`${line}\n`);
        told = lines.length;
        return serverBenchProgress(texts, state);
      },
    },
    run,
  );
  if (result !== null && (outcome === "stopped" || problem === null || !terminal.json)) {
    print(result, command.output, terminal);
  }
  if (outcome === "stopped") return 130;
  if (problem !== null) throw toError(problem);
  if (result === null) throw new WorkbenchError("internal");
  return 0;
}

function print(result: ServerBenchmarkResult, output: CommandOf<"bench">["output"], terminal: Terminal): void {
  if (terminal.json) terminal.document(serverResultDocument(result));
  else
    terminal.write(output === null ? serverBenchText(terminal.texts, result) : exportServerResults([result], output));
}
