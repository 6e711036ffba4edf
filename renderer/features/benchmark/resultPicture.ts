import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { resultBytes } from "../../../electron/texts/benchmark/resultBytes.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { colours, margin, type Picture, type PictureRow, PictureSheet, rowHeight, sans } from "./PictureSheet.ts";

/**
 * Returns a result as a picture to share: its figures and main conditions, and nothing that identifies the machine's
 * owner.
 */
export function resultPicture(texts: Texts, result: BenchmarkResult): Picture {
  const { say, figures } = texts;
  const { conditions, noise, tests } = result;
  const { model } = conditions;
  const sheet = new PictureSheet();
  sheet.text(
    margin,
    64,
    say("benchmark:picture.heading", { day: figures.day(result.startedAt) }),
    sans(22),
    colours.quiet,
  );
  sheet.text(margin, 120, model.name, sans(44, 600), colours.ink);
  sheet.text(
    margin,
    156,
    say("benchmark:picture.model", {
      quantization: model.quantization,
      weights: figures.parameters(model.parameters),
      size: resultBytes(model),
    }),
    sans(22),
    colours.quiet,
  );
  let y = 196;
  if (noise.noisy) {
    const [first = "", ...more] = noise.reasons.map((reason) => noiseText(texts, reason));
    for (const line of [say("benchmark:noisyBecause", { reasons: first }), ...more]) {
      sheet.text(margin, y, line, sans(18, 600), colours.amber);
      y += 28;
    }
    y += 8;
  }
  for (const test of tests) {
    sheet.row(rowOf(texts, test, fastestLike(test, tests)), y);
    y += rowHeight;
  }
  y += 24;
  for (const line of conditionLines(texts, result)) {
    sheet.text(margin, y, line, sans(18), colours.quiet);
    y += 28;
  }
  return sheet.endingAt(y);
}

function rowOf(texts: Texts, test: BenchmarkTestResult, most: number): PictureRow {
  const { say, figures } = texts;
  const { tokensPerSecond: figure } = test;
  const range = say("benchmark:table.range", {
    low: figures.speedFigure(figure.lowerQuartile),
    high: figures.speedFigure(figure.upperQuartile),
  });
  const value = figures.speed(figure.median);
  return { name: testText(texts, test), meaning: testMeaning(texts, test), figure, most, value, range };
}

/** Reading is many times as fast as writing, so each kind has its own scale. */
function fastestLike(test: BenchmarkTestResult, tests: readonly BenchmarkTestResult[]): number {
  const kind = ({ promptTokens, generatedTokens }: BenchmarkTestResult): string =>
    `${promptTokens > 0} ${generatedTokens > 0}`;
  return Math.max(
    ...tests.filter((other) => kind(other) === kind(test)).map((other) => other.tokensPerSecond.upperQuartile),
  );
}

function conditionLines({ say, figures }: Texts, result: BenchmarkResult): string[] {
  const { conditions, ttftMs, loadMs, peakMemoryBytes, tests } = result;
  const { engine, settings, machine, power, appVersion } = conditions;
  const runs = Math.min(...tests.map(({ tokensPerSecond }) => tokensPerSecond.samples.length));
  const attention = settings.flashAttention ? "attentionOn" : "attentionOff";
  return [
    [
      ttftMs === null ? null : say("benchmark:picture.firstToken", { time: figures.seconds(ttftMs, 2) }),
      say("benchmark:picture.loaded", { time: figures.seconds(loadMs, 2) }),
      peakMemoryBytes === null ? null : say("benchmark:picture.memory", { memory: peakMemoryBytes }),
      say("benchmark:picture.runs", { count: runs }),
    ],
    [
      machine.cpuModel,
      ...machine.gpus,
      say("benchmark:picture.machineMemory", { memory: machine.memoryBytes }),
      machine.os.name,
    ],
    [
      backendNames[engine.backend],
      say("benchmark:threads", { count: settings.threads }),
      say("benchmark:picture.batch", { batch: settings.batchSize }),
      say("benchmark:picture.cache", { type: settings.kvCacheType }),
      settings.flashAttention === null ? null : say(`benchmark:picture.${attention}`),
      power.source === "unknown" ? null : say(`benchmark:picture.${power.source}`),
    ],
    [`llama.cpp ${engine.llamaRelease}`, `node-llama-cpp ${engine.libraryVersion}`, `R1 Workbench ${appVersion}`],
  ].map((parts) => figures.joined(parts));
}
