import type { BenchmarkProgress } from "../../../electron/contract/benchmark.ts";
import type { SolveProgress } from "../../../electron/contract/solve.ts";
import { benchmarkStep } from "../../../electron/texts/benchmark/benchmarkStep.ts";
import { testMeaning } from "../../../electron/texts/benchmark/testMeaning.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { FactLine } from "../../parts/FactLine.tsx";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { Headline } from "../../parts/Headline.tsx";
import { RunProgress } from "../../parts/RunProgress.tsx";
import type { RunningBenchmark as Running } from "../../stores/useRunningBenchmark.ts";
import { useChatList } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { headlineFigures } from "./headlineFigures.ts";
import { llamaBenchName } from "./llamaBenchName.ts";
import { MeasurementNotes } from "./MeasurementNotes.tsx";
import { middleOf } from "./middleOf.ts";

/** The running benchmark: the figures so far, its progress, each run as it ends, and what disturbs it. */
export function RunningBenchmark({ phase }: { phase: Running }) {
  const texts = useTexts();
  const { say } = texts;
  // While it measures, no reply can be written.
  const replyWaits = useChatList(
    ({ list }) => phase.state !== "queued" && list.state === "ready" && list.value.some(({ runId }) => runId !== null),
  );
  const progress = phase.state === "measuring" ? phase.progress : null;
  return (
    <section className="bench" aria-label={say("benchmark:running.label")}>
      <Headline
        figures={headlineFigures(
          texts,
          { writing: soFar(progress, /^tg\d+$/), reading: soFar(progress, /^pp\d+$/) },
          "–",
        )}
      />
      {replyWaits && <FactLine facts={[{ tight: say("benchmark:running.replyWaits") }]} />}
      <RunProgress
        label={say("benchmark:running.progress")}
        step={benchmarkStep(texts, phase)}
        rest={restText(texts, phase)}
        fraction={fractionOf(phase)}
      />
      {progress?.solve !== undefined && progress.solve.asked > 0 && (
        <FactLine facts={[{ tight: solvedText(texts, progress.solve) }]} />
      )}
      {progress !== null && <Measured progress={progress} />}
    </section>
  );
}

/** Returns the speed of the first test of one kind, whose depth is the smallest. */
function soFar(progress: BenchmarkProgress | null, kind: RegExp): number | undefined {
  const first = progress?.tests.find(({ name }) => kind.test(name));
  return middleOf(first?.samples ?? []) ?? undefined;
}

function fractionOf(phase: Running): number {
  if (phase.state === "queued") return 0;
  return phase.state === "preparing" ? phase.fraction : phase.progress.fraction;
}

function restText({ say, figures }: Texts, phase: Running): string {
  if (phase.state === "queued") return "";
  if (phase.state === "preparing") return figures.percent(phase.fraction);
  const { secondsLeft } = phase.progress;
  if (secondsLeft === null) return say("benchmark:running.leftUnknown");
  return say("benchmark:running.left", { time: figures.roughly(secondsLeft) });
}

const solvedText = ({ say }: Texts, { right, asked }: SolveProgress): string =>
  say("benchmark:running.solved", { right, asked });

function Measured({ progress: { tests, test: current, leftOut, noise } }: { progress: BenchmarkProgress }) {
  const texts = useTexts();
  const { say, figures } = texts;
  return (
    <>
      <MeasurementNotes noise={noise} leftOut={leftOut} />
      <FigureTable
        caption={say("benchmark:running.soFar")}
        columns={[
          { name: say("benchmark:table.test") },
          { name: say("benchmark:table.does") },
          { name: say("benchmark:table.speed"), isFigure: true },
          { name: say("benchmark:table.runs"), isFigure: true },
        ]}
      >
        {tests.map((test, index) => {
          const middle = middleOf(test.samples);
          return (
            <tr key={llamaBenchName(test)} aria-current={index === current ? "step" : undefined}>
              <th scope="row" className="figure">
                {llamaBenchName(test)}
              </th>
              <td className="quiet is-words">{testMeaning(texts, test)}</td>
              <td className="is-figure">{middle === null ? "–" : figures.speedFigure(middle)}</td>
              <td className="is-figure quiet">
                {say("benchmark:running.runsDone", { done: test.samples.length, repeats: test.repeats })}
              </td>
            </tr>
          );
        })}
      </FigureTable>
    </>
  );
}
