import { type Ref, useState } from "react";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { RecheckVerdict } from "../../../electron/contract/benchmarkComparison.ts";
import { recheckText } from "../../../electron/texts/benchmark/recheckText.ts";
import { solveLines } from "../../../electron/texts/benchmark/solveLines.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { FactLine } from "../../parts/FactLine.tsx";
import { Headline } from "../../parts/Headline.tsx";
import { useBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { Conditions } from "./Conditions.tsx";
import { conditionFacts } from "./conditionFacts.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import { mainFacts } from "./mainFacts.ts";
import { MeasurementNotes } from "./MeasurementNotes.tsx";
import { RemoveResults } from "./RemoveResults.tsx";
import { resultFigures } from "./resultFigures.ts";
import { ResultTable } from "./ResultTable.tsx";
import { SpeedChart } from "./SpeedChart.tsx";
import { speedMeaning } from "./speedMeaning.ts";
import { writingCharts } from "./writingCharts.ts";

export interface ResultViewProps {
  result: BenchmarkResult;
  /** How it compares with the previous result; null: not known. */
  verdict: RecheckVerdict | null;
  /** Whether it is in the history, from which it can be removed. */
  isKept: boolean;
  headline: Ref<HTMLHeadingElement>;
  onRemoved: () => void;
}

/** One result: its speeds and what they mean, the conditions it was measured under, all its tests, and a chart. */
export function ResultView({ result, verdict, isKept, headline, onRemoved }: ResultViewProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const remove = useBenchmark((state) => state.remove);
  const [asksToRemove, setAsksToRemove] = useState(false);
  const { conditions, noise, ending } = result;
  const { ttftMs, loadMs, peakMemoryBytes } = result;
  const { speeds, figures: headlined } = resultFigures(texts, result);
  const charts = writingCharts(texts, [{ name: conditions.model.name, noisy: noise.noisy, tests: result.tests }]);
  return (
    <section className="bench" aria-label={say("benchmark:result.label")}>
      <Headline ref={headline} figures={headlined}>
        <ExportMenu results={[result]} onRemove={isKept ? () => setAsksToRemove(true) : undefined} />
      </Headline>
      <p className="bench-meaning">
        {joinSentences(texts, [speedMeaning(texts, speeds), verdict === null ? null : recheckText(texts, verdict)])}
        {ending !== "complete" && <span className="tag">{say(`benchmark:result.endings.${ending}`)}</span>}
      </p>
      <FactLine facts={mainFacts(texts, result)} startsWithName />
      <FactLine
        facts={[
          ttftMs === null ? null : say("benchmark:picture.firstToken", { time: figures.seconds(ttftMs, 2) }),
          say("benchmark:picture.loaded", { time: figures.seconds(loadMs, 2) }),
          peakMemoryBytes === null ? null : say("benchmark:picture.memory", { memory: peakMemoryBytes }),
        ]}
      />
      <MeasurementNotes noise={noise} leftOut={result.leftOut} tests={result.tests} />
      {result.solve !== undefined && (
        <section className="bench-solved" aria-label={say("benchmark:solve.label")}>
          {solveLines(texts, result.solve).map((line) => (
            <p key={line} className="fact-line">
              {line}
            </p>
          ))}
        </section>
      )}
      <div className="bench-figures" data-charts={charts.length}>
        <ResultTable
          tests={result.tests}
          caption={say("benchmark:result.caption", {
            name: conditions.model.name,
            when: figures.dayAndTime(result.startedAt),
          })}
        />
        {charts.map((chart) => (
          <SpeedChart key={chart.title} {...chart} />
        ))}
      </div>
      <Conditions facts={conditionFacts(texts, conditions)} />
      {asksToRemove && (
        <RemoveResults
          resultIds={[result.id]}
          remove={remove}
          onRemoved={onRemoved}
          onClose={() => setAsksToRemove(false)}
        />
      )}
    </section>
  );
}
