import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../parts/backendNames.ts";
import { day, dayAndTime } from "../../parts/figures.ts";
import type { ChartSeries, SpeedChartProps } from "./SpeedChart.tsx";
import { testText } from "./testMeaning.ts";

/** A test that several results have. */
export interface SharedTest {
  name: string;
  depth: number;
}

/** The tests that at least two of the results have; what writes first, as people ask for it first. */
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
 * One test of one model over time, the oldest result left. Steps are even, since days and months apart look alike.
 * Results with other settings are another line. `newestFirst`: of one model on one machine.
 */
export function historyChart(newestFirst: readonly BenchmarkResult[], test: SharedTest): SpeedChartProps {
  const lines = new Map<string, ChartSeries>();
  const shown = newestFirst.toReversed().flatMap((result) => {
    const found = result.tests.find(({ name, depth }) => name === test.name && depth === test.depth);
    return found === undefined ? [] : [{ result, found }];
  });
  for (const [x, { result, found }] of shown.entries()) {
    const { engine, settings } = result.conditions;
    const name = `${backendNames[engine.backend]}, ${settings.threads} threads, batch ${settings.batchSize}`;
    const line = lines.get(name) ?? { name, points: [] };
    const { median, lowerQuartile: low, upperQuartile: high } = found.tokensPerSecond;
    const label = `${dayAndTime(result.startedAt)}, llama.cpp ${engine.llamaRelease}`;
    line.points.push({ x, label, median, low, high, noisy: result.noise.noisy });
    lines.set(name, line);
  }
  const ends = [...new Set([0, shown.length - 1])];
  return {
    title: `${testText(test)} over time, tok/s`,
    series: [...lines.values()],
    xTicks: ends.map((x) => ({ x, text: day(shown[x]?.result.startedAt ?? 0) })),
    summary: `${testText(test)} in ${shown.length} results, the oldest left, as in the history's table.`,
  };
}
