import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { ChartSeries, SpeedChartProps } from "./SpeedChart.tsx";

/** A test that several results have. */
export interface SharedTest {
  name: string;
  depth: number;
}

/** Returns the tests that at least two of the results have. Writing comes first, since it interests users most. */
export function sharedTests(results: readonly BenchmarkResult[]): SharedTest[] {
  const counted = new Map<string, { test: SharedTest; writes: boolean; results: number }>();
  for (const { name, depth, promptTokens } of results.flatMap(({ tests }) => tests)) {
    const key = `${name}@${depth}`;
    const before = counted.get(key)?.results ?? 0;
    counted.set(key, { test: { name, depth }, writes: promptTokens === 0, results: before + 1 });
  }
  return [...counted.values()]
    .filter((entry) => entry.results > 1)
    .toSorted((one, other) => Number(other.writes) - Number(one.writes) || one.test.depth - other.test.depth)
    .map(({ test }) => test);
}

/**
 * Returns a chart of one test of one model over time, with the oldest result on the left. Steps are equal, whether days
 * or months apart. Results with other settings form another line. `newestFirst`: of one model on one machine.
 */
export function historyChart(texts: Texts, newestFirst: readonly BenchmarkResult[], test: SharedTest): SpeedChartProps {
  const { say, figures } = texts;
  const lines = new Map<string, ChartSeries>();
  const shown = newestFirst.toReversed().flatMap((result) => {
    const found = result.tests.find(({ name, depth }) => name === test.name && depth === test.depth);
    return found === undefined ? [] : [{ result, found }];
  });
  for (const [x, { result, found }] of shown.entries()) {
    const { engine, settings } = result.conditions;
    const name = say("benchmark:chart.series", {
      backend: backendNames[engine.backend],
      threads: say("benchmark:threads", { count: settings.threads }),
      batch: settings.batchSize,
    });
    const line = lines.get(name) ?? { name, points: [] };
    const { median, lowerQuartile: low, upperQuartile: high } = found.tokensPerSecond;
    const when = figures.dayAndTime(result.startedAt);
    const label = say("benchmark:chart.resultOf", { when, release: engine.llamaRelease });
    line.points.push({ x, label, median, low, high, noisy: result.noise.noisy });
    lines.set(name, line);
  }
  const name = testText(texts, test);
  const ends = [...new Set([0, shown.length - 1])];
  return {
    title: say("benchmark:chart.overTime", { test: name }),
    series: [...lines.values()],
    xTicks: ends.map((x) => ({ x, text: figures.day(shown[x]?.result.startedAt ?? 0) })),
    summary: say("benchmark:chart.overTimeSummary", { test: name, count: shown.length }),
  };
}
