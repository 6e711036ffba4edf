import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import { useTexts } from "../../texts.ts";
import { SampleStrip } from "./SampleStrip.tsx";

/** A result's tests in llama-bench's layout, but with the spread instead of the standard deviation. */
export function ResultTable({ tests, caption }: { tests: readonly BenchmarkTestResult[]; caption: string }) {
  const { say } = useTexts();
  return (
    <div className="table-scroll">
      <table className="facts-table bench-table is-narrow">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say("benchmark:table.test")}</th>
            <th scope="col" className="is-figure">
              {say("benchmark:table.depth")}
            </th>
            <th scope="col" className="is-figure">
              {say("benchmark:table.speed")}
            </th>
            <th scope="col" className="is-figure" title={say("benchmark:table.spreadHint")}>
              {say("benchmark:table.spread")}
            </th>
            <th scope="col">{say("benchmark:table.runs")}</th>
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
  const texts = useTexts();
  const { say, figures } = texts;
  const { tokensPerSecond: speeds, discarded } = test;
  return (
    <tr>
      <th scope="row">
        <span className="figure">{test.name}</span>
        <p className="hint">{testMeaning(texts, test)}</p>
      </th>
      <td className="is-figure">{figures.count(test.depth)}</td>
      <td className="is-figure is-main">{figures.speedFigure(speeds.median)}</td>
      <td className="is-figure">
        {say("benchmark:table.range", {
          low: figures.speedFigure(speeds.lowerQuartile),
          high: figures.speedFigure(speeds.upperQuartile),
        })}
      </td>
      <td className="cell-runs">
        <span className="runs-cell">
          <SampleStrip samples={speeds.samples} middle={speeds.median} />
          <span className="figure">{figures.count(speeds.samples.length)}</span>
        </span>
        {discarded.length > 0 && (
          <p className="hint">{say("benchmark:table.discarded", { count: discarded.length })}</p>
        )}
      </td>
    </tr>
  );
}
