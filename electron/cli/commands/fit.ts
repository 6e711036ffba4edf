import type { Fit, Prediction, SpeedTrials } from "../../contract/fit.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { sizeText } from "../sizeText.ts";
import { StepLines } from "../StepLines.ts";
import type { Terminal } from "../Terminal.ts";

/**
 * `r1 fit`: whether a model or a catalogue entry fits this machine, and how fast it would be. The first time, and
 * after a change of the engine, this machine is measured for under a minute.
 */
export async function fit(
  command: Extract<Command, { name: "fit" }>,
  terminal: Terminal,
  open: (onEvent: EventListener) => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  const steps = new StepLines(terminal, true);
  const workbench = await open((name, data) => {
    if (name !== "fit.changed") return;
    // The event's name ties its data's type; TypeScript cannot follow that.
    const trials = data as Events["fit.changed"];
    if (trials.state === "measuring") steps.show(progressLine(trials));
  });
  const input = { contextSize: command.contextSize, depth: command.depth };
  steps.show("Starting the engine.");
  try {
    // Looked up first: a wrong name must not cost a minute of measuring.
    const subject = await subjectOf(workbench, command.model);
    const before = await workbench.call("fit.of", { subject, ...input });
    const isMeasured = before.speed !== null && !command.measureAgain;
    let judged = before;
    if (!isMeasured) {
      terminal.aside("Measuring this machine with small generated models, once: about a minute. Ctrl+C stops it.\n");
      const stop = (): void => void workbench.call("fit.cancelMeasuring", {});
      cancelling.addEventListener("abort", stop, { once: true });
      await workbench.call("fit.measure", { again: command.measureAgain });
      if (cancelling.aborted) return 130;
      judged = await workbench.call("fit.of", { subject, ...input });
    }
    steps.end();
    const trials = await workbench.call("fit.trials", {});
    if (trials.state === "ready") for (const doubt of doubts(trials, !isMeasured)) terminal.aside(`${doubt}\n`);
    if (terminal.json) terminal.document(document(judged));
    else terminal.write(text(judged, command.depth));
    return 0;
  } finally {
    steps.end();
  }
}

/** Why the speeds are less certain than usual. Other programs are mentioned only while they can still be closed. */
function doubts({ noisy, estimated }: Extract<SpeedTrials, { state: "ready" }>, isNew: boolean): string[] {
  return [
    ...(estimated
      ? ["This machine was too slow to be fully measured in a minute, so the speeds are estimates with wide ranges."]
      : []),
    ...(noisy && isNew
      ? ["Other programs were running, so the speeds are less certain. Use --measure-again to measure again."]
      : []),
  ];
}

/** A catalogue id or one of the library's, or a path. Fails with `model-not-found` or `model-file-missing`. */
async function subjectOf(workbench: Workbench, model: string) {
  const { models } = await workbench.call("catalog.get", {});
  const ids = models.flatMap(({ id, variants }) => [id, ...variants.map((variant) => variant.id)]);
  if (ids.includes(model)) return { kind: "catalog" as const, id: model };
  return { kind: "model" as const, modelId: (await workbench.namedModel(model)).id };
}

function document({ verdict, need, maxContext, speed }: Fit): object {
  if (speed === null) throw new WorkbenchError("internal", "This machine's speed could not be measured.");
  return {
    verdict,
    weightsBytes: need.weightsBytes,
    kvCacheBytes: need.keyValueBytes,
    computeBytes: need.computeBytes,
    largestBufferBytes: need.largestBufferBytes,
    maxContext,
    predictedTokensPerSecond: speed.generation,
    predictedPrefillTokensPerSecond: speed.reading,
  };
}

const parts = { weights: "its weights", "kv-cache": "the context's keys and values", "compute-buffers": "buffers" };

function text(fit: Fit, depth: number): string {
  const { name, quantization, verdict, limitedBy, need, maxContext, usableBytes, takeQuantization, speed } = fit;
  const context = (tokens: number): string => `${tokens.toLocaleString("en-US")} tokens`;
  const verdicts = {
    fits: "fits",
    tight: `tight: ${limitedBy === null ? "" : parts[limitedBy]} leave less than 8,192 tokens of context`,
    no: `does not fit: there is no room for ${limitedBy === null ? "it" : parts[limitedBy]}`,
  };
  const at = depth === 0 ? "" : `, after ${context(depth)} of context`;
  const rows: [string, string][] = [
    ["Model", `${name}${quantization === null ? "" : `, ${quantization}`}`],
    ["Verdict", `${verdicts[verdict]}; a model may take ${sizeText(usableBytes)} here`],
    ["Weights", sizeText(need.weightsBytes)],
    ["Context", `${sizeText(need.keyValueBytes)} for ${context(need.contextSize)}`],
    [
      "Buffers",
      `${sizeText(need.computeBytes)} to compute in; the largest single one takes ${sizeText(need.largestBufferBytes)}`,
    ],
    ["Most context", maxContext === 0 ? "none fits" : context(maxContext)],
    ["Take", takeQuantization ?? "a smaller model"],
    ["Writes", speed === null ? "not measured" : `${range(speed.generation)}${at}`],
    ["Reads", speed === null ? "not measured" : `${range(speed.reading)}${at}`],
  ];
  return rows.map(([label, value]) => `${label.padEnd(13)} ${value.replaceAll(/\s+/g, " ")}\n`).join("");
}

function range({ value, low, high }: Prediction): string {
  return `about ${figure(value)} tokens/s, between ${figure(low)} and ${figure(high)} nine times in ten`;
}

/** Two digits: more would promise too much. */
const figure = (value: number): string => (value >= 10 ? String(Math.round(value)) : value.toPrecision(2));

const progressLine = ({ what, fraction, secondsLeft }: Extract<SpeedTrials, { state: "measuring" }>): string =>
  `Measuring: ${what}. ${Math.floor(fraction * 100)} %, at most ${secondsLeft} s left`;
