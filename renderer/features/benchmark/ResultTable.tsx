import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import { useTexts } from "../../texts.ts";
import { llamaBenchName } from "./llamaBenchName.ts";

/** A result's tests under llama-bench's names, in plain words, with half of the interquartile range as the spread. */
export function ResultTable({ tests, caption }: { tests: readonly BenchmarkTestResult[]; caption: string }) {
  const texts = useTexts();
  const { say, figures } = texts;
  return (
    <div className="table-scroll">
      <table className="figure-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say("benchmark:table.test")}</th>
            <th scope="col">{say("benchmark:table.does")}</th>
            <th scope="col" className="is-figure">
              {say("benchmark:table.speed")}
            </th>
            <th scope="col" className="is-figure" title={say("benchmark:table.spreadHint")}>
              <span className="visually-hidden">{say("benchmark:table.spread")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tests.map((test) => {
            const { median, lowerQuartile, upperQuartile, samples } = test.tokensPerSecond;
            const half = figures.speedFigure((upperQuartile - lowerQuartile) / 2);
            const inOrder = figures.series(samples.map((sample) => figures.speedFigure(sample)));
            return (
              <tr key={llamaBenchName(test)}>
                <th scope="row" className="figure">
                  {llamaBenchName(test)}
                </th>
                <td className="quiet">{testMeaning(texts, test)}</td>
                <td className="is-figure">{figures.speedFigure(median)}</td>
                <td className="is-figure quiet" title={say("benchmark:table.inOrder", { figures: inOrder })}>
                  {samples.length > 1 && say("benchmark:table.plusMinus", { half })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
