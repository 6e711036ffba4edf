import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { bytes, dayAndTime, roughly, seconds } from "../../parts/figures.ts";
import { conditionFacts } from "./conditionFacts.ts";
import { depthCharts } from "./depthCharts.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import { LeftOutNotes } from "./LeftOutNotes.tsx";
import { NoiseNotes } from "./NoiseNotes.tsx";
import { planNames } from "./planNames.ts";
import { ResultTable } from "./ResultTable.tsx";
import { SpeedChart } from "./SpeedChart.tsx";

const endings: Record<BenchmarkResult["ending"], string | null> = {
  complete: null,
  stopped: "stopped",
  "engine-died": "engine died",
  failed: "failed",
};

/** One result with everything it was measured under. `sentence`: how it stands to the one before it. */
export function ResultView({ result, sentence }: { result: BenchmarkResult; sentence: string | null }) {
  const { conditions, noise } = result;
  const charts = depthCharts([{ name: conditions.model.name, noisy: noise.noisy, tests: result.tests }]);
  const ending = endings[result.ending];
  return (
    <section className="bench-result" aria-label="Result">
      <header className="bench-heading">
        <h3>
          <bdi>{conditions.model.name}</bdi>
          <span className="bench-when">
            {planNames[result.plan]}, {dayAndTime(result.startedAt)}
          </span>
          {ending !== null && <span className="tag">{ending}</span>}
        </h3>
        <ExportMenu results={[result]} />
      </header>
      {sentence !== null && <p>{sentence}</p>}
      <NoiseNotes noise={noise} />
      <ResultTable
        tests={result.tests}
        caption={`Speeds of ${conditions.model.name}, ${dayAndTime(result.startedAt)}`}
      />
      <dl className="bench-facts">
        <Fact name="To first token" value={result.ttftMs === null ? "not measured" : seconds(result.ttftMs, 2)} />
        <Fact name="Load" value={seconds(result.loadMs, 2)} />
        <Fact name="Peak memory" value={result.peakMemoryBytes === null ? "not told" : bytes(result.peakMemoryBytes)} />
        <Fact name="Took" value={roughly((result.endedAt - result.startedAt) / 1000)} />
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
        <summary>Conditions</summary>
        <dl className="facts">
          {conditionFacts(conditions).map(({ name, value }) => (
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
