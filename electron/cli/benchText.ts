import type { BenchmarkResult, BenchmarkState } from "../contract/benchmark.ts";
import { backendNames } from "../texts/backendNames.ts";
import { benchmarkStep } from "../texts/benchmark/benchmarkStep.ts";
import { leftOutLines } from "../texts/benchmark/leftOutLines.ts";
import { noiseText } from "../texts/benchmark/noiseText.ts";
import { resultBytes } from "../texts/benchmark/resultBytes.ts";
import { solveLines } from "../texts/benchmark/solveLines.ts";
import { testText } from "../texts/benchmark/testText.ts";
import { joinSentences } from "../texts/joinSentences.ts";
import type { Texts } from "../texts/texts.ts";
import { median } from "../workbench/median.ts";
import { alignedTable } from "./alignedTable.ts";

/** As many as llama-bench shows. */
const digits = 2;

/** Returns a result as a table for a terminal, with the conditions that matter most above it. */
export function benchText(texts: Texts, result: BenchmarkResult): string {
  const { say, figures } = texts;
  const { tests, leftOut, noise } = result;
  const facts = [
    say("benchmark:picture.loaded", { time: figures.seconds(result.loadMs, digits) }),
    result.ttftMs === null
      ? null
      : say("benchmark:picture.firstToken", { time: figures.seconds(result.ttftMs, digits) }),
    result.peakMemoryBytes === null ? null : say("benchmark:picture.memory", { memory: result.peakMemoryBytes }),
  ];
  const asleep = tests.filter(({ discarded }) => discarded.length > 0).map((test) => testText(texts, test));
  const reasons = joinSentences(
    texts,
    noise.reasons.map((reason) => noiseText(texts, reason)),
  );
  return [
    ...conditionLines(texts, result),
    "",
    ...alignedTable(tableOf(texts, tests)),
    "",
    say("benchmark:terminal.facts", { facts: figures.joined(facts) }),
    ...leftOutLines(texts, leftOut),
    ...(result.solve === undefined ? [] : ["", ...solveLines(texts, result.solve)]),
    ...(asleep.length === 0 ? [] : [say("benchmark:terminal.slept", { tests: figures.list(asleep) })]),
    ...(noise.noisy ? [say("benchmark:noisyBecause", { reasons })] : []),
    "",
  ].join("\n");
}

function conditionLines({ say, figures }: Texts, { conditions }: BenchmarkResult): string[] {
  const { model, engine, settings } = conditions;
  const attention = settings.flashAttention ? "attentionOn" : "attentionOff";
  return [
    say("benchmark:terminal.model", {
      name: model.name,
      quantization: model.quantization,
      size: resultBytes(model),
      release: engine.llamaRelease,
      backend: backendNames[engine.backend],
    }),
    figures.joined([
      say("benchmark:threads", { count: settings.threads }),
      settings.gpuLayers === 0
        ? say("benchmark:terminal.allOnCpu")
        : say("benchmark:terminal.layers", { gpu: settings.gpuLayers, all: settings.layers }),
      say("benchmark:picture.batch", { batch: settings.batchSize }),
      settings.flashAttention === null ? null : say(`benchmark:picture.${attention}`),
      say("benchmark:picture.cache", { type: settings.kvCacheType }),
    ]),
  ];
}

const columns = ["test", "depth", "speed", "spread", "range", "runs"] as const;

function tableOf({ say, figures }: Texts, tests: BenchmarkResult["tests"]): string[][] {
  const figure = (speed: number): string => figures.speedFigure(speed, digits);
  const range = (low: number, high: number): string =>
    say("benchmark:table.range", { low: figure(low), high: figure(high) });
  return [
    columns.map((column) => say(`benchmark:terminal.columns.${column}`)),
    ...tests.map(({ name, depth, tokensPerSecond: speed }) => [
      name,
      figures.count(depth),
      figure(speed.median),
      range(speed.lowerQuartile, speed.upperQuartile),
      range(speed.min, speed.max),
      figures.count(speed.samples.length),
    ]),
  ];
}

/** Returns a line for each test whose timed runs are all done. */
export function finishedTests(texts: Texts, state: BenchmarkState): string[] {
  if (state.state !== "measuring") return [];
  return state.progress.tests
    .filter(({ samples, repeats }) => samples.length === repeats)
    .map((test) =>
      texts.say("benchmark:terminal.finished", {
        test: testText(texts, test),
        speed: texts.figures.speed(median(test.samples)),
      }),
    );
}

/** Returns one line of progress, such as "tg128: timed run 3 of 5, 24.1 tok/s; 40 s left". Empty: nothing is running. */
export function benchProgress(texts: Texts, state: BenchmarkState): string {
  const { say, figures } = texts;
  if (state.state === "none" || state.state === "ended") return "";
  let step = benchmarkStep(texts, state);
  if (state.state === "queued") return step;
  if (state.state === "preparing") return say("benchmark:terminal.progress", { step, fraction: state.fraction });
  const { tests, test, secondsLeft, noise } = state.progress;
  const last = state.progress.solve === undefined ? tests[test]?.samples.at(-1) : undefined;
  if (last !== undefined) step = say("benchmark:terminal.lastSpeed", { step, speed: figures.speed(last) });
  if (secondsLeft !== null) step = say("benchmark:terminal.left", { step, seconds: secondsLeft });
  return noise.noisy ? say("benchmark:terminal.noisy", { step }) : step;
}
