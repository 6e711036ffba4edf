import { X } from "lucide-react";
import type { BenchmarkComparison, BenchmarkResult, ComparedSpeed } from "../../../electron/contract/benchmark.ts";
import { count, dayAndTime, percent, speedFigure } from "../../parts/figures.ts";
import { ComparisonBars } from "./ComparisonBars.tsx";
import { depthCharts } from "./depthCharts.ts";
import { SpeedChart } from "./SpeedChart.tsx";
import { testText } from "./testMeaning.ts";

export interface ComparisonViewProps {
  comparison: BenchmarkComparison;
  results: readonly BenchmarkResult[];
  onClose: () => void;
}

/** Results side by side: may they be compared, their speeds, what differs, and charts of both. */
export function ComparisonView({ comparison, results, onClose }: ComparisonViewProps) {
  const { tests, differences, comparable, verdict } = comparison;
  const compared = comparison.resultIds.flatMap((id) => results.find((result) => result.id === id) ?? []);
  const names = comparison.resultIds.map((_, index) => letterOf(index));
  const charts = depthCharts(
    compared.map((result, index) => ({
      name: names[index] ?? "",
      noisy: result.noise.noisy,
      tests: result.tests,
    })),
  );
  return (
    <section className="bench-comparison" aria-label="Comparison">
      <header className="bench-heading">
        <h3>Comparison</h3>
        <button type="button" className="icon-button" aria-label="Close comparison" title="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </header>
      <p className={comparable ? "verdict" : "verdict is-incomparable"}>{verdict}</p>
      <ul className="compared">
        {compared.map((result, index) => (
          <li key={result.id}>
            <span className="figure letter">{names[index]}</span> <bdi>{result.conditions.model.name}</bdi>,{" "}
            {dayAndTime(result.startedAt)}
            {result.noise.noisy && <span className="tag is-noisy">noisy</span>}
          </li>
        ))}
      </ul>
      <div className="table-scroll">
        <table className="facts-table bench-table is-narrow">
          <caption>Median tok/s, each beside {names[0]}</caption>
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col" className="is-figure">
                Depth
              </th>
              {names.map((name) => (
                <th key={name} scope="col" className="is-figure">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tests.map(({ name, depth, speeds }) => (
              <tr key={testText({ name, depth })}>
                <th scope="row" className="figure">
                  {name}
                </th>
                <td className="is-figure">{count(depth)}</td>
                {speeds.map((speed, index) => (
                  // In the order of the results.
                  <td key={index} className="is-figure">
                    <ComparedCell compared={speed} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ComparisonBars tests={tests} names={names} />
      {charts.length > 0 && (
        <div className="charts">
          {charts.map((chart) => (
            <SpeedChart key={chart.title} {...chart} />
          ))}
        </div>
      )}
      {differences.length > 0 && (
        <div className="table-scroll">
          <table className="facts-table bench-table is-narrow">
            <caption>Conditions that differ</caption>
            <thead>
              <tr>
                <th scope="col">Condition</th>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.map(({ condition, values, matters }) => (
                <tr key={condition}>
                  <th scope="row">
                    {condition}
                    {matters && <span className="tag is-noisy">changes the speed</span>}
                  </th>
                  {values.map((value, index) => (
                    // In the order of the results.
                    <td key={index}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** A, B, … Z, then 27 and on. */
const letterOf = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

function ComparedCell({ compared: { speed, ratio } }: { compared: ComparedSpeed }) {
  if (speed === null) return "not measured";
  return (
    <>
      {speedFigure(speed.median)}
      {ratio !== null && <p className="hint">{ratioText(ratio)}</p>}
    </>
  );
}

function ratioText({ value, low, high, change }: NonNullable<ComparedSpeed["ratio"]>): string {
  if (change === "unclear") return "no clear difference";
  const size = percent(Math.abs(value - 1));
  const [near, far] = [low - 1, high - 1].map((part) => Math.round(100 * Math.abs(part))).toSorted((a, b) => a - b);
  return near === far ? `${size} ${change}` : `${size} ${change} (${near} to ${far})`;
}
