import type { BenchmarkProgress, BenchmarkResult, BenchmarkState, LeftOutTest } from "../contract/benchmark.ts";
import { median } from "../workbench/median.ts";
import { sizeText } from "./sizeText.ts";

/** A result as a table for a terminal, with the conditions that matter most above it. */
export function benchText(result: BenchmarkResult): string {
  const { conditions, tests, leftOut, noise } = result;
  const { model, engine, settings } = conditions;
  const threads = `${settings.threads} ${settings.threads === 1 ? "thread" : "threads"}`;
  const where =
    settings.gpuLayers === 0 ? "all on the CPU" : `${settings.gpuLayers} of ${settings.layers} layers on the GPU`;
  const attention =
    settings.flashAttention === null ? [] : [`flash attention ${settings.flashAttention ? "on" : "off"}`];
  const rows = [
    ["test", "depth", "tokens/s", "middle half", "range", "runs"],
    ...tests.map(({ name, depth, tokensPerSecond: speed }) => [
      name,
      String(depth),
      speedText(speed.median),
      `${speedText(speed.lowerQuartile)} to ${speedText(speed.upperQuartile)}`,
      `${speedText(speed.min)} to ${speedText(speed.max)}`,
      String(speed.samples.length),
    ]),
  ];
  const facts = [
    `loaded in ${seconds(result.loadMs)}`,
    ...(result.ttftMs === null ? [] : [`first token after ${seconds(result.ttftMs)}`]),
    ...(result.peakMemoryBytes === null ? [] : [`at most ${sizeText(result.peakMemoryBytes)} of memory`]),
  ];
  const discarded = tests.flatMap((test) => test.discarded.map(() => test.name));
  return [
    `${model.name}, ${model.quantization}, ${sizeText(model.weightsBytes)}; llama.cpp ${engine.llamaRelease} on ${engine.backend}`,
    [threads, where, `batch ${settings.batchSize}`, ...attention, `${settings.kvCacheType} keys and values`].join(", "),
    "",
    ...table(rows),
    "",
    `${facts.join(", ")}.`,
    ...leftOut.map((test) => `Left out: ${label(test)}. ${test.message}`),
    ...(discarded.length === 0 ? [] : [`The machine slept during runs of ${discarded.join(", ")}; they do not count.`]),
    ...(noise.noisy ? [`Noisy: ${noise.reasons.map(({ message }) => message).join(" ")}`] : []),
    "",
  ].join("\n");
}

/** A line for each test whose timed runs are all done. */
export function finishedTests(state: BenchmarkState): string[] {
  if (state.state !== "measuring") return [];
  return state.progress.tests
    .filter(({ samples, repeats }) => samples.length === repeats)
    .map((test) => `${label(test)}: ${speedText(median(test.samples))} tokens/s`);
}

/** One line of progress, such as "tg128: run 3 of 5, 24.1 tokens/s; 40 s left". */
export function benchProgress(state: BenchmarkState): string {
  switch (state.state) {
    case "none":
    case "ended":
      return "";
    case "queued":
      return "waiting for a reply to end";
    case "preparing":
      return `${state.step === "hashing" ? "reading the model file" : "loading"}: ${Math.floor(state.fraction * 100)} %`;
    case "measuring":
      return measuringText(state.progress);
  }
}

function measuringText({ tests, test, run, secondsLeft, noise }: BenchmarkProgress): string {
  const now = tests[test];
  if (now === undefined) return "";
  // Behind a stage's last run the time to the first token is measured.
  if (run === 0 && now.samples.length > 0) return "measuring the time to the first token";
  const parts = [run === 0 ? "warming up" : `run ${run} of ${now.repeats}`];
  const last = now.samples.at(-1);
  if (last !== undefined) parts.push(`${speedText(last)} tokens/s`);
  const left = secondsLeft === null ? "" : `; ${timeText(secondsLeft)} left`;
  return `${label(now)}: ${parts.join(", ")}${left}${noise.noisy ? " (noisy)" : ""}`;
}

function label({ name, depth }: Pick<LeftOutTest, "name" | "depth">): string {
  return depth === 0 ? name : `${name} at depth ${depth}`;
}

/** The first column to the left, numbers to the right. */
function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
}

const speedText = (speed: number): string => (speed < 100 ? speed.toFixed(2) : speed.toFixed(1));
const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
const timeText = (value: number): string => (value < 90 ? `${Math.ceil(value)} s` : `${Math.ceil(value / 60)} min`);
