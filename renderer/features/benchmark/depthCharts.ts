import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { ChartPoint, ChartSeries, SpeedChartProps } from "./SpeedChart.tsx";

export interface DepthSource {
  /** Distinguishes the results. */
  name: string;
  noisy: boolean;
  tests: readonly Pick<BenchmarkTestResult, "name" | "depth" | "tokensPerSecond">[];
}

/** Returns a chart of speed against depth for each test that at least one result has at several depths. */
export function depthCharts(texts: Texts, sources: readonly DepthSource[]): SpeedChartProps[] {
  const { say, figures } = texts;
  const names = [...new Set(sources.flatMap(({ tests }) => tests.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const series = sources.map((source): ChartSeries => ({ name: source.name, points: pointsOf(texts, source, name) }));
    const shown = series.filter(({ points }) => points.length > 0);
    if (!shown.some(({ points }) => points.length > 1)) return [];
    const depths = [...new Set(shown.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b);
    return [
      {
        title: say("benchmark:chart.byDepth", { test: name }),
        series: shown,
        xTicks: depths.map((x) => ({ x, text: figures.count(x) })),
        summary: say("benchmark:chart.byDepthSummary", { test: name }),
      },
    ];
  });
}

function pointsOf(texts: Texts, { tests, noisy }: DepthSource, name: string): ChartPoint[] {
  return tests
    .filter((test) => test.name === name)
    .toSorted((one, other) => one.depth - other.depth)
    .map((test) => {
      const { median, lowerQuartile: low, upperQuartile: high } = test.tokensPerSecond;
      return { x: test.depth, label: testText(texts, test), median, low, high, noisy };
    });
}
