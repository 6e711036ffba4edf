import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { ChartPoint, ChartSeries, SpeedChartProps } from "./SpeedChart.tsx";

export interface WritingSource {
  /** Distinguishes the results. */
  name: string;
  noisy: boolean;
  tests: readonly Pick<BenchmarkTestResult, "name" | "depth" | "promptTokens" | "tokensPerSecond">[];
}

/** Returns a chart of writing against depth for each length that at least one result has at several depths. */
export function writingCharts(texts: Texts, sources: readonly WritingSource[]): SpeedChartProps[] {
  const { say, figures } = texts;
  const writing = sources.flatMap(({ tests }) => tests.filter(({ promptTokens }) => promptTokens === 0));
  return [...new Set(writing.map(({ name }) => name))].flatMap((name) => {
    const series = sources
      .map((source): ChartSeries => ({ name: source.name, points: pointsOf(texts, source, name) }))
      .filter(({ points }) => points.length > 0);
    const longest = series.toSorted((one, other) => other.points.length - one.points.length)[0]?.points ?? [];
    const [first, last] = [longest[0], longest.at(-1)];
    if (first === undefined || last === undefined || longest.length < 2) return [];
    const depths = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b);
    return [
      {
        title: say("benchmark:chart.byDepth", { test: name }),
        series,
        xTicks: depths.map((x) => ({ x, text: figures.countShort(x) })),
        summary: say("benchmark:chart.byDepthSummary", {
          first: first.median,
          least: first.x,
          last: last.median,
          most: last.x,
        }),
      },
    ];
  });
}

function pointsOf(texts: Texts, { tests, noisy }: WritingSource, name: string): ChartPoint[] {
  return tests
    .filter((test) => test.name === name)
    .toSorted((one, other) => one.depth - other.depth)
    .map((test) => {
      const { median, lowerQuartile: low, upperQuartile: high } = test.tokensPerSecond;
      return { x: test.depth, label: testText(texts, test), median, low, high, noisy };
    });
}
