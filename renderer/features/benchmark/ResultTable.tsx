import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { count, speedFigure } from "../../parts/figures.ts";
import { SampleStrip } from "./SampleStrip.tsx";
import { testMeaning } from "./testMeaning.ts";

/** A result's tests, as llama-bench lists them, with the spread instead of a deviation. */
export function ResultTable({ tests, caption }: { tests: readonly BenchmarkTestResult[]; caption: string }) {
  return (
    <div className="table-scroll">
      <table className="facts-table bench-table is-narrow">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col" className="is-figure">
              Depth
            </th>
            <th scope="col" className="is-figure">
              tok/s
            </th>
            <th scope="col" className="is-figure" title="The middle half of the timed runs">
              Spread
            </th>
            <th scope="col">Timed runs</th>
          </tr>
        </thead>
        <tbody>
          {tests.map((test) => (
            <ResultRow key={`${test.name} ${test.depth}`} test={test} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ResultRow({ test }: { test: BenchmarkTestResult }) {
  const { tokensPerSecond: speeds, discarded } = test;
  return (
    <tr>
      <th scope="row">
        <span className="figure">{test.name}</span>
        <p className="hint">{testMeaning(test)}</p>
      </th>
      <td className="is-figure">{count(test.depth)}</td>
      <td className="is-figure is-main">{speedFigure(speeds.median)}</td>
      <td className="is-figure">
        {speedFigure(speeds.lowerQuartile)} to {speedFigure(speeds.upperQuartile)}
      </td>
      <td className="cell-runs">
        <span className="runs-cell">
          <SampleStrip samples={speeds.samples} middle={speeds.median} />
          <span className="figure">{speeds.samples.length}</span>
        </span>
        {discarded.length > 0 && <p className="hint">{discarded.length} not counted: the machine slept meanwhile.</p>}
      </td>
    </tr>
  );
}
