import type { BenchmarkComparison } from "../../../electron/contract/benchmark.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import { useTexts } from "../../texts.ts";

const width = 320;
const rowHeight = 22;

/** Each test's speeds as bars from zero, with whiskers for the spread. The table shows the same figures. */
export function ComparisonBars({ tests, names }: { tests: BenchmarkComparison["tests"]; names: readonly string[] }) {
  const texts = useTexts();
  const { say, figures } = texts;
  return (
    <div className="charts">
      {tests.map(({ name, depth, speeds }) => {
        const fastest = Math.max(...speeds.map(({ speed: one }) => one?.upperQuartile ?? 0));
        const across = (value: number): number => (fastest === 0 ? 0 : (width * value) / fastest);
        return (
          <figure key={`${name} ${depth}`} className="chart bars">
            <figcaption>{say("benchmark:chart.comparison", { test: testText(texts, { name, depth }) })}</figcaption>
            <svg
              width={width + 120}
              height={rowHeight * speeds.length}
              viewBox={`0 0 ${width + 120} ${rowHeight * speeds.length}`}
              aria-hidden="true"
            >
              {speeds.map(({ speed: one }, index) => {
                const y = index * rowHeight + rowHeight / 2;
                return (
                  // Results do not change places: the letters name them.
                  <g key={index} className="chart-series" data-series={index % 4}>
                    <text x={0} y={y} dy="0.35em" className="chart-label">
                      {names[index]}
                    </text>
                    {one === null ? (
                      <text x={24} y={y} dy="0.35em" className="chart-label">
                        {say("benchmark:comparison.notMeasured")}
                      </text>
                    ) : (
                      <>
                        <rect x={24} y={y - 6} width={across(one.median)} height={12} rx={2} className="chart-bar" />
                        <path
                          className="bar-whisker"
                          d={`M${24 + across(one.lowerQuartile)} ${y - 4}v8m0 -4H${24 + across(one.upperQuartile)}m0 -4v8`}
                        />
                        <text x={32 + across(one.upperQuartile)} y={y} dy="0.35em" className="chart-value">
                          {figures.speedFigure(one.median)}
                        </text>
                      </>
                    )}
                  </g>
                );
              })}
            </svg>
          </figure>
        );
      })}
    </div>
  );
}
