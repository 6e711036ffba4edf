import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { BenchmarkComparison, ComparedSpeed } from "../../../electron/contract/benchmarkComparison.ts";
import { comparisonVerdict } from "../../../electron/texts/benchmark/comparisonVerdict.ts";
import { conditionText } from "../../../electron/texts/benchmark/conditionText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { useTexts } from "../../texts.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { IconButton } from "../../parts/IconButton.tsx";
import { Meter } from "../../parts/Meter.tsx";
import { llamaBenchName } from "./llamaBenchName.ts";
import { SolvedTable } from "./SolvedTable.tsx";
import { SpeedChart } from "./SpeedChart.tsx";
import { writingCharts } from "./writingCharts.ts";

export interface ComparisonViewProps {
  comparison: BenchmarkComparison;
  results: readonly BenchmarkResult[];
  onClose: () => void;
}

/** Shows results side by side: whether they are comparable, their speeds, what differs, and charts of both. */
export function ComparisonView({ comparison, results, onClose }: ComparisonViewProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { tests, differences, comparable } = comparison;
  const compared = comparison.resultIds.flatMap((id) => results.find((result) => result.id === id) ?? []);
  const names = comparison.resultIds.map((_, index) => letterOf(index));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const charts = writingCharts(
    texts,
    compared.map((result, index) => ({
      name: names[index] ?? "",
      noisy: result.noise.noisy,
      tests: result.tests,
    })),
  );
  return (
    <section className="bench-comparison" aria-label={say("benchmark:comparison.label")}>
      <SectionHead ref={heading} title={say("benchmark:comparison.label")}>
        <IconButton label={say("benchmark:comparison.close")} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </SectionHead>
      <p className={comparable ? "verdict" : "verdict is-incomparable"}>{comparisonVerdict(texts, comparison)}</p>
      <ul className="compared">
        {compared.map((result, index) => (
          <li key={result.id}>
            <span className="figure letter">{names[index]}</span>{" "}
            <Sentence
              text={say("benchmark:history.row", { name: slot("name"), when: figures.dayAndTime(result.startedAt) })}
              slots={{ name: <bdi>{result.conditions.model.name}</bdi> }}
            />
            {result.noise.noisy && <span className="tag is-noisy">{say("benchmark:noisy")}</span>}
          </li>
        ))}
      </ul>
      <div className="bench-figures" data-charts={charts.length}>
        <FigureTable
          className="is-narrow"
          caption={say("benchmark:comparison.caption", { first: names[0] ?? "" })}
          showsCaption
          columns={[{ name: say("benchmark:table.test") }, ...names.map((name) => ({ name, isFigure: true }))]}
        >
          {tests.map(({ name, depth, speeds }) => {
            const fastest = Math.max(...speeds.map(({ speed }) => speed?.median ?? 0));
            return (
              <tr key={llamaBenchName({ name, depth })}>
                <th scope="row" className="figure">
                  {llamaBenchName({ name, depth })}
                </th>
                {speeds.map((speed, index) => (
                  // In the same order as the results.
                  <td key={index} className="is-figure">
                    <ComparedCell compared={speed} fastest={fastest} />
                  </td>
                ))}
              </tr>
            );
          })}
        </FigureTable>
        {charts.map((chart) => (
          <SpeedChart key={chart.title} {...chart} />
        ))}
      </div>
      <SolvedTable comparison={comparison} names={names} />
      {differences.length > 0 && (
        <FigureTable
          className="is-narrow"
          caption={say("benchmark:comparison.differences")}
          showsCaption
          columns={[{ name: say("benchmark:comparison.condition") }, ...names.map((name) => ({ name }))]}
        >
          {differences.map((difference) => {
            const { name, values } = conditionText(texts, difference);
            return (
              <tr key={name}>
                <th scope="row">
                  <span className="condition-name">{name}</span>
                  {difference.matters && <span className="tag is-noisy">{say("benchmark:comparison.matters")}</span>}
                </th>
                {values.map((value, index) => (
                  // In the same order as the results.
                  <td key={index}>{value}</td>
                ))}
              </tr>
            );
          })}
        </FigureTable>
      )}
    </section>
  );
}

/** Returns A, B, … Z, then 27 and so on. */
const letterOf = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

function ComparedCell({ compared: { speed, ratio }, fastest }: { compared: ComparedSpeed; fastest: number }) {
  const texts = useTexts();
  if (speed === null) return <span className="quiet">{texts.say("benchmark:comparison.notMeasured")}</span>;
  return (
    <>
      {texts.figures.speedFigure(speed.median)}
      {ratio !== null && <p className="quiet small">{ratioText(texts, ratio)}</p>}
      <Meter parts={[speed.median / fastest]} />
    </>
  );
}

function ratioText({ say }: Texts, { value, low, high, change }: NonNullable<ComparedSpeed["ratio"]>): string {
  if (change === "unclear") return say("benchmark:comparison.unclear");
  const changed = say(`benchmark:comparison.${change}`, { amount: Math.abs(value - 1) });
  const [near = 0, far = 0] = [low - 1, high - 1]
    .map((part) => Math.round(100 * Math.abs(part)))
    .toSorted((a, b) => a - b);
  return near === far ? changed : say("benchmark:comparison.between", { change: changed, near, far });
}
