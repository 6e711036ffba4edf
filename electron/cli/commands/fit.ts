import type { Fit } from "../../contract/fit.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { backendDocuments } from "../backendDocuments.ts";
import { fitFacts } from "../fitFacts.ts";
import { StepLines } from "../StepLines.ts";

/**
 * `r1 fit`: tells whether a model or a catalogue entry fits this machine, and how fast it would be. The first time,
 * and after a change of the engine, this machine is measured for less than a minute.
 */
export async function fit(command: CommandOf<"fit">, { terminal, open, cancelling }: CommandRun): Promise<number> {
  const { say } = terminal.texts;
  const steps = new StepLines(terminal, true);
  const workbench = await open({
    "fit.changed": (trials) => {
      if (trials.state !== "measuring") return;
      steps.show(say("cli:fit.measuring", { fraction: trials.fraction, seconds: trials.secondsLeft }));
    },
  });
  const input = { contextSize: command.contextSize, depth: command.depth };
  steps.show(say("cli:fit.starting"));
  try {
    // Looked up first: a wrong name must not cost a minute of measuring.
    const subject = await subjectOf(workbench, command.model);
    const before = await workbench.call("fit.of", { subject, ...input });
    const isMeasured = (await workbench.call("fit.trials", {})).state === "ready" && !command.measureAgain;
    let judged = before;
    if (!isMeasured) {
      terminal.aside(`${say("cli:fit.measuringNow")}\n`);
      const stop = (): void => void workbench.call("fit.cancelMeasuring", {});
      cancelling.addEventListener("abort", stop, { once: true });
      await workbench.call("fit.measure", { again: command.measureAgain });
      if (cancelling.aborted) return 130;
      judged = await workbench.call("fit.of", { subject, ...input });
    }
    steps.end();
    const trials = await workbench.call("fit.trials", {});
    if (trials.state === "ready" && trials.estimated) terminal.aside(`${say("cli:fit.estimated")}\n`);
    // Other programs are mentioned only while they can still be closed.
    if (trials.state === "ready" && trials.noisy && !isMeasured) terminal.aside(`${say("cli:fit.noisy")}\n`);
    if (terminal.json) terminal.document(document(judged));
    else terminal.facts(fitFacts(terminal.texts, judged, command.depth));
    return 0;
  } finally {
    steps.end();
  }
}

/** `model` is an id of the catalogue or of the library, or a path. Throws `model-not-found` or `model-file-missing`. */
async function subjectOf(workbench: Workbench, model: string) {
  const { models } = await workbench.call("catalog.get", {});
  const ids = models.flatMap(({ id, variants }) => [id, ...variants.map((variant) => variant.id)]);
  if (ids.includes(model)) return { kind: "catalog" as const, id: model };
  const named = await workbench.namedModel(model).catch((error: unknown) => {
    if (!(error instanceof WorkbenchError) || error.code !== "model-not-found") throw error;
    throw new WorkbenchError("model-not-found", { case: "inNeither", name: model, ids: models.map(({ id }) => id) });
  });
  return { kind: "model" as const, modelId: named.id };
}

function document({ verdict, need, mapped, maxContext, smallerCache, speed, backends, choice }: Fit): object {
  return {
    verdict,
    weightsBytes: need.weightsBytes,
    kvCacheBytes: need.keyValueBytes,
    computeBytes: need.computeBytes,
    largestBufferBytes: need.largestBufferBytes,
    copyBytes: need.copyBytes,
    mapped,
    maxContext,
    smallerCache,
    // Null if the user chose a backend that could not be measured.
    predictedTokensPerSecond: speed?.generation ?? null,
    predictedPrefillTokensPerSecond: speed?.reading ?? null,
    backend: choice?.backend ?? null,
    backendReason: choice?.why ?? null,
    backends: backendDocuments(backends),
  };
}
