import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { count } from "../../parts/figures.ts";
import type { ChartPoint, ChartSeries, SpeedChartProps } from "./SpeedChart.tsx";
import { testText } from "./testMeaning.ts";

export interface DepthSource {
  /** Tells the results apart. */
  name: string;
  noisy: boolean;
  tests: readonly Pick<BenchmarkTestResult, "name" | "depth" | "tokensPerSecond">[];
}

/** A chart of speed against depth for each test that some result has at several depths. */
export function depthCharts(sources: readonly DepthSource[]): SpeedChartProps[] {
  const names = [...new Set(sources.flatMap(({ tests }) => tests.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const series = sources.map((source): ChartSeries => ({ name: source.name, points: pointsOf(source, name) }));
    const shown = series.filter(({ points }) => points.length > 0);
    if (!shown.some(({ points }) => points.length > 1)) return [];
    const depths = [...new Set(shown.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b);
    return [
      {
        title: `${name} by depth, tok/s`,
        series: shown,
        xTicks: depths.map((x) => ({ x, text: count(x) })),
        summary: `${name}: tokens per second against the tokens already in the context, as in the table.`,
      },
    ];
  });
}

function pointsOf({ tests, noisy }: DepthSource, name: string): ChartPoint[] {
  return tests
    .filter((test) => test.name === name)
    .toSorted((one, other) => one.depth - other.depth)
    .map((test) => {
      const { median, lowerQuartile: low, upperQuartile: high } = test.tokensPerSecond;
      return { x: test.depth, label: testText(test), median, low, high, noisy };
    });
}
