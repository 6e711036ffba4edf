import type { Fit, Prediction } from "../../contract/fit.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { labelled } from "../labelled.ts";
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
  const { say } = terminal.texts;
  const steps = new StepLines(terminal, true);
  const workbench = await open((name, data) => {
    if (name !== "fit.changed") return;
    // The event's name ties its data's type; TypeScript cannot follow that.
    const trials = data as Events["fit.changed"];
    if (trials.state !== "measuring") return;
    steps.show(say("cli:fit.measuring", { fraction: trials.fraction, seconds: trials.secondsLeft }));
  });
  const input = { contextSize: command.contextSize, depth: command.depth };
  steps.show(say("cli:fit.starting"));
  try {
    // Looked up first: a wrong name must not cost a minute of measuring.
    const subject = await subjectOf(workbench, command.model);
    const before = await workbench.call("fit.of", { subject, ...input });
    const isMeasured = before.speed !== null && !command.measureAgain;
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
    else terminal.write(text(terminal.texts, judged, command.depth));
    return 0;
  } finally {
    steps.end();
  }
}

/** A catalogue id or one of the library's, or a path. Throws `model-not-found` or `model-file-missing`. */
async function subjectOf(workbench: Workbench, model: string) {
  const { models } = await workbench.call("catalog.get", {});
  const ids = models.flatMap(({ id, variants }) => [id, ...variants.map((variant) => variant.id)]);
  if (ids.includes(model)) return { kind: "catalog" as const, id: model };
  return { kind: "model" as const, modelId: (await workbench.namedModel(model)).id };
}

function document({ verdict, need, maxContext, speed }: Fit): object {
  if (speed === null) throw new WorkbenchError("internal");
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

function text(texts: Texts, fit: Fit, depth: number): string {
  const { say, figures } = texts;
  const { name, quantization, verdict, limitedBy, need, maxContext, usableBytes, takeQuantization, speed } = fit;
  const judged = say(`models:memory.${verdict}`);
  const range = (prediction: Prediction | undefined): string => {
    if (prediction === undefined) return say("cli:fit.notMeasured");
    const { value, low, high } = prediction;
    const about = say("models:speed.about", { speed: figures.aboutSpeed(value) });
    const between = say("models:speed.range", { low: figures.aboutSpeedFigure(low), high: figures.aboutSpeed(high) });
    const predicted = say("cli:fit.speed", { about, range: between });
    return depth === 0 ? predicted : say("cli:fit.atDepth", { speed: predicted, tokens: depth });
  };
  const rows: [string, string][] = [
    [say("hardware:loaded.model"), [name, quantization ?? []].flat().join(" · ")],
    [
      say("cli:fit.verdict"),
      limitedBy === null ? judged : say(`models:memory.limited.${limitedBy}`, { verdict: judged }),
    ],
    [say("cli:fit.usable"), figures.bytes(usableBytes)],
    [say("hardware:loaded.weights"), figures.bytes(need.weightsBytes)],
    [say("hardware:loaded.cache"), say("cli:fit.cache", { size: need.keyValueBytes, tokens: need.contextSize })],
    [say("hardware:loaded.buffers"), figures.bytes(need.computeBytes)],
    [say("hardware:loaded.largest"), figures.bytes(need.largestBufferBytes)],
    [say("cli:fit.maxContext"), maxContext === 0 ? say("cli:fit.noContext") : figures.tokens(maxContext)],
    [say("cli:fit.recommended"), takeQuantization ?? say("cli:fit.smaller")],
    [say("cli:fit.writing"), range(speed?.generation)],
    [say("cli:fit.reading"), range(speed?.reading)],
  ];
  return labelled(rows);
}
