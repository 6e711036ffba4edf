import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { resultBytes } from "../../../electron/texts/benchmark/resultBytes.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

export type PictureItem =
  | { kind: "box"; x: number; y: number; width: number; height: number; colour: string }
  | { kind: "text"; x: number; y: number; text: string; colour: string; font: string; maxWidth: number };

export interface Picture {
  width: number;
  height: number;
  /** In drawing order. The `y` of a text is its baseline. */
  items: PictureItem[];
}

// Independent of the theme, since a picture looks the same wherever it is shown.
const colours = {
  page: "#ffffff",
  ink: "#1b1f20",
  quiet: "#5b6465",
  bar: "#0d676d",
  track: "#e2e7e7",
  amber: "#8a5a00",
};
const width = 1200;
const margin = 56;
const inner = width - 2 * margin;
const rowHeight = 60;
/** How many Latin characters fit on one line at the font sizes below. */
const longestLine = 120;

const sans = (size: number, weight = 400): string => `${weight} ${size}px system-ui, sans-serif`;
const mono = (size: number, weight = 400): string => `${weight} ${size}px ui-monospace, "DejaVu Sans Mono", monospace`;

/**
 * Returns a result as a picture to share: its figures and main conditions, and nothing that identifies the machine's
 * owner.
 */
export function resultPicture(texts: Texts, result: BenchmarkResult): Picture {
  const { say, figures } = texts;
  const { conditions, noise, tests } = result;
  const { model } = conditions;
  const items: PictureItem[] = [];
  const text = (x: number, y: number, words: string, font: string, colour: string, maxWidth = inner): void => {
    items.push({ kind: "text", x, y, text: shortened(words), colour, font, maxWidth });
  };
  text(margin, 64, say("benchmark:picture.heading", { day: figures.day(result.startedAt) }), sans(22), colours.quiet);
  text(margin, 120, model.name, sans(44, 600), colours.ink);
  text(
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
      text(margin, y, line, sans(18, 600), colours.amber);
      y += 28;
    }
    y += 8;
  }
  for (const test of tests) {
    drawTest(texts, items, text, test, fastestLike(test, tests), y);
    y += rowHeight;
  }
  y += 24;
  for (const line of conditionLines(texts, result)) {
    text(margin, y, line, sans(18), colours.quiet);
    y += 28;
  }
  const height = y + margin - 28;
  return { width, height, items: [{ kind: "box", x: 0, y: 0, width, height, colour: colours.page }, ...items] };
}

function drawTest(
  texts: Texts,
  items: PictureItem[],
  text: (x: number, y: number, words: string, font: string, colour: string, maxWidth?: number) => void,
  test: BenchmarkTestResult,
  fastest: number,
  top: number,
): void {
  const { say, figures } = texts;
  const bar = { x: margin + 380, width: 320 };
  const { median, lowerQuartile, upperQuartile } = test.tokensPerSecond;
  const across = (value: number): number => (bar.width * value) / fastest;
  text(margin, top + 24, testText(texts, test), mono(22), colours.ink, 360);
  text(margin, top + 46, testMeaning(texts, test), sans(16), colours.quiet, 360);
  items.push({ kind: "box", x: bar.x, y: top + 14, width: bar.width, height: 14, colour: colours.track });
  items.push({ kind: "box", x: bar.x, y: top + 14, width: across(median), height: 14, colour: colours.bar });
  const [low, high] = [bar.x + across(lowerQuartile), bar.x + across(upperQuartile)];
  items.push({ kind: "box", x: low, y: top + 20, width: high - low, height: 2, colour: colours.ink });
  for (const end of [low, high]) {
    items.push({ kind: "box", x: end - 1, y: top + 10, width: 2, height: 22, colour: colours.ink });
  }
  text(bar.x + bar.width + 24, top + 30, figures.speed(median), mono(26, 600), colours.ink, 180);
  const half = say("benchmark:table.range", {
    low: figures.speedFigure(lowerQuartile),
    high: figures.speedFigure(upperQuartile),
  });
  text(bar.x + bar.width + 212, top + 29, half, mono(18), colours.quiet, 152);
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

function shortened(words: string): string {
  let room = longestLine;
  for (const [at, character] of Array.from(words).entries()) {
    room -= character > "\u2E80" ? 2 : 1;
    if (room < 0)
      return `${Array.from(words)
        .slice(0, at - 1)
        .join("")}…`;
  }
  return words;
}
