import type { BenchmarkProgress } from "../../../electron/contract/benchmark.ts";
import { benchmarkStep } from "../../../electron/texts/benchmark/benchmarkStep.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { RunningBenchmark as Running } from "../../stores/useRunningBenchmark.ts";
import { useBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { LeftOutNotes } from "./LeftOutNotes.tsx";
import { middleOf } from "./middleOf.ts";
import { NoiseNotes } from "./NoiseNotes.tsx";
import { SampleStrip } from "./SampleStrip.tsx";

/** The running benchmark: its progress, the speed of each run as it ends, and what disturbs it. */
export function RunningBenchmark({ phase }: { phase: Running }) {
  const texts = useTexts();
  const { say } = texts;
  const stop = useBenchmark((state) => state.stop);
  const stopping = useBenchmark((state) => state.stopping);
  const { run } = phase;
  const fraction = fractionOf(phase);
  const plan = say(`benchmark:plans.${run.plan.kind}`);
  return (
    <section className="bench-running" aria-label={say("benchmark:running.label")}>
      <header className="bench-heading">
        <h3>
          <bdi>{run.modelName}</bdi>
          <span className="bench-when">
            {run.plan.kind === "standard"
              ? say("benchmark:running.planAndTime", { plan, minutes: run.plan.minutes })
              : plan}
          </span>
        </h3>
        <button type="button" className="button" disabled={stopping} onClick={() => void stop()}>
          {say(stopping ? "benchmark:running.stopping" : "benchmark:running.stop")}
        </button>
      </header>
      <progress
        className="progress is-wide"
        aria-label={say("benchmark:running.progress")}
        max={100}
        // Without a value the bar would be animated, even while the benchmark waits.
        value={Math.round(fraction * 100)}
      />
      <p className="bench-step">
        <span>{benchmarkStep(texts, phase)}</span>
        <span className="figure">{restText(texts, phase)}</span>
      </p>
      {phase.state === "measuring" && <Measured progress={phase.progress} />}
      <p className="hint">{say("benchmark:running.goesOn")}</p>
    </section>
  );
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

function Measured({ progress: { tests, test: current, leftOut, noise } }: { progress: BenchmarkProgress }) {
  const texts = useTexts();
  const { say, figures } = texts;
  return (
    <>
      <div className="table-scroll">
        <table className="facts-table bench-table is-narrow">
          <caption className="visually-hidden">{say("benchmark:running.soFar")}</caption>
          <thead>
            <tr>
              <th scope="col">{say("benchmark:table.test")}</th>
              <th scope="col" className="is-figure">
                {say("benchmark:table.speed")}
              </th>
              <th scope="col">{say("benchmark:table.runs")}</th>
            </tr>
          </thead>
          <tbody>
            {tests.map((test, index) => {
              const middle = middleOf(test.samples);
              return (
                <tr key={`${test.name} ${test.depth}`} aria-current={index === current ? "step" : undefined}>
                  <th scope="row" className="figure">
                    {testText(texts, test)}
                  </th>
                  <td className="is-figure is-main">{middle === null ? "–" : figures.speedFigure(middle)}</td>
                  <td className="cell-runs">
                    <span className="runs-cell">
                      {middle !== null && <SampleStrip samples={test.samples} middle={middle} />}
                      <span className="figure">
                        {say("benchmark:running.runsDone", { done: test.samples.length, repeats: test.repeats })}
                      </span>
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <NoiseNotes noise={noise} />
      <LeftOutNotes leftOut={leftOut} />
    </>
  );
}
