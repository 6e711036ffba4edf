import type { BenchmarkResult, RecheckVerdict } from "../../../electron/contract/benchmark.ts";
import { recheckText } from "../../../electron/texts/benchmark/recheckText.ts";
import { useTexts } from "../../texts.ts";
import { conditionFacts } from "./conditionFacts.ts";
import { depthCharts } from "./depthCharts.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import { LeftOutNotes } from "./LeftOutNotes.tsx";
import { NoiseNotes } from "./NoiseNotes.tsx";
import { ResultTable } from "./ResultTable.tsx";
import { SpeedChart } from "./SpeedChart.tsx";

export interface ResultViewProps {
  result: BenchmarkResult;
  /** How it compares with the previous result; null: not known. */
  verdict: RecheckVerdict | null;
}

/** One result with all the conditions it was measured under. */
export function ResultView({ result, verdict }: ResultViewProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { conditions, noise } = result;
  const when = figures.dayAndTime(result.startedAt);
  const charts = depthCharts(texts, [{ name: conditions.model.name, noisy: noise.noisy, tests: result.tests }]);
  return (
    <section className="bench-result" aria-label={say("benchmark:result.label")}>
      <header className="bench-heading">
        <h3>
          <bdi>{conditions.model.name}</bdi>
          <span className="bench-when">
            {say("benchmark:result.heading", { plan: say(`benchmark:plans.${result.plan}`), when })}
          </span>
          {result.ending !== "complete" && (
            <span className="tag">{say(`benchmark:result.endings.${result.ending}`)}</span>
          )}
        </h3>
        <ExportMenu results={[result]} />
      </header>
      {verdict !== null && <p>{recheckText(texts, verdict)}</p>}
      <NoiseNotes noise={noise} />
      <ResultTable
        tests={result.tests}
        caption={say("benchmark:result.caption", { name: conditions.model.name, when })}
      />
      <dl className="bench-facts">
        <Fact
          name={say("benchmark:result.firstToken")}
          value={result.ttftMs === null ? say("benchmark:result.notMeasured") : figures.seconds(result.ttftMs, 2)}
        />
        <Fact name={say("benchmark:result.load")} value={figures.seconds(result.loadMs, 2)} />
        <Fact
          name={say("benchmark:result.memory")}
          value={
            result.peakMemoryBytes === null
              ? say("benchmark:result.notReported")
              : figures.bytes(result.peakMemoryBytes)
          }
        />
        <Fact
          name={say("benchmark:result.duration")}
          value={figures.roughly((result.endedAt - result.startedAt) / 1000)}
        />
      </dl>
      <LeftOutNotes leftOut={result.leftOut} />
      {charts.length > 0 && (
        <div className="charts">
          {charts.map((chart) => (
            <SpeedChart key={chart.title} {...chart} />
          ))}
        </div>
      )}
      <details className="bench-conditions">
        <summary>{say("benchmark:result.conditions")}</summary>
        <dl className="facts">
          {conditionFacts(texts, conditions).map(({ name, value }) => (
            <div key={name} className="fact-row">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}
