import type { BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { useTexts } from "../../texts.ts";
import { llamaBenchName } from "./llamaBenchName.ts";

/** A result's tests under llama-bench's names, in plain words, with half of the interquartile range as the spread. */
export function ResultTable({ tests, caption }: { tests: readonly BenchmarkTestResult[]; caption: string }) {
  const texts = useTexts();
  const { say, figures } = texts;
  return (
    <FigureTable
      caption={caption}
      columns={[
        { name: say("benchmark:table.test") },
        { name: say("benchmark:table.does") },
        { name: say("benchmark:table.speed"), isFigure: true },
        {
          name: say("benchmark:table.spread"),
          isFigure: true,
          isNameless: true,
          hint: say("benchmark:table.spreadHint"),
        },
      ]}
    >
      {tests.map((test) => {
        const { median, lowerQuartile, upperQuartile, samples } = test.tokensPerSecond;
        const half = figures.speedFigure((upperQuartile - lowerQuartile) / 2);
        const inOrder = figures.series(samples.map((sample) => figures.speedFigure(sample)));
        return (
          <tr key={llamaBenchName(test)}>
            <th scope="row" className="figure">
              {llamaBenchName(test)}
            </th>
            <td className="quiet is-words">{testMeaning(texts, test)}</td>
            <td className="is-figure">{figures.speedFigure(median)}</td>
            <td className="is-figure quiet" title={say("benchmark:table.inOrder", { figures: inOrder })}>
              {samples.length > 1 && say("benchmark:table.plusMinus", { half })}
            </td>
          </tr>
        );
      })}
    </FigureTable>
  );
}
