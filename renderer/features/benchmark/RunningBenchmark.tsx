import type { BenchmarkProgress } from "../../../electron/contract/benchmark.ts";
import { count, percent, roughly, speedFigure } from "../../parts/figures.ts";
import type { RunningBenchmark as Running } from "../../stores/useRunningBenchmark.ts";
import { useBenchmark } from "../../stores/useStores.ts";
import { LeftOutNotes } from "./LeftOutNotes.tsx";
import { middleOf } from "./middleOf.ts";
import { NoiseNotes } from "./NoiseNotes.tsx";
import { planNames } from "./planNames.ts";
import { SampleStrip } from "./SampleStrip.tsx";
import { testText } from "./testMeaning.ts";

/** The benchmark at work: how far it is, each run's speed as it ends, and what disturbs it. */
export function RunningBenchmark({ phase }: { phase: Running }) {
  const stop = useBenchmark((state) => state.stop);
  const stopping = useBenchmark((state) => state.stopping);
  const { run } = phase;
  const fraction = fractionOf(phase);
  return (
    <section className="bench-running" aria-label="Running benchmark">
      <header className="bench-heading">
        <h3>
          <bdi>{run.modelName}</bdi>
          <span className="bench-when">
            {planNames[run.plan.kind]}
            {run.plan.kind === "standard" && `, at most ${run.plan.minutes} min`}
          </span>
        </h3>
        <button type="button" className="button" disabled={stopping} onClick={() => void stop()}>
          {stopping ? "Stopping…" : "Stop"}
        </button>
      </header>
      <progress
        className="progress is-wide"
        aria-label="Benchmark"
        max={100}
        // Without a value it would move by itself: while it waits, nothing does.
        value={Math.round(fraction * 100)}
      />
      <p className="bench-step">
        <span>{stepText(phase)}</span>
        <span className="figure">{restText(phase)}</span>
      </p>
      {phase.state === "measuring" && <Measured progress={phase.progress} />}
      <p className="hint">It goes on while you look at other screens. A reply has to wait for it.</p>
    </section>
  );
}

function fractionOf(phase: Running): number {
  if (phase.state === "queued") return 0;
  return phase.state === "preparing" ? phase.fraction : phase.progress.fraction;
}

function stepText(phase: Running): string {
  if (phase.state === "queued") return "Waiting until the reply that is being written has ended";
  if (phase.state === "preparing") {
    return phase.step === "hashing" ? "Reading the model’s file for its SHA-256" : "Loading the model";
  }
  const { tests, test, run } = phase.progress;
  const current = tests[test];
  if (current === undefined) return "Measuring";
  if (run === 0) return `${testText(current)}: warming up`;
  return `${testText(current)}: timed run ${count(run)} of ${count(current.repeats)}`;
}

function restText(phase: Running): string {
  if (phase.state === "queued") return "";
  if (phase.state === "preparing") return percent(phase.fraction);
  const { secondsLeft } = phase.progress;
  return secondsLeft === null ? "Time left: too early to tell" : `${roughly(secondsLeft)} left`;
}

function Measured({ progress: { tests, test: current, leftOut, noise } }: { progress: BenchmarkProgress }) {
  return (
    <>
      <div className="table-scroll">
        <table className="facts-table bench-table is-narrow">
          <caption className="visually-hidden">Measured so far</caption>
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col" className="is-figure">
                tok/s
              </th>
              <th scope="col">Timed runs</th>
            </tr>
          </thead>
          <tbody>
            {tests.map((test, index) => {
              const middle = middleOf(test.samples);
              return (
                <tr key={testText(test)} aria-current={index === current ? "step" : undefined}>
                  <th scope="row" className="figure">
                    {testText(test)}
                  </th>
                  <td className="is-figure is-main">{middle === null ? "–" : speedFigure(middle)}</td>
                  <td className="cell-runs">
                    <span className="runs-cell">
                      {middle !== null && <SampleStrip samples={test.samples} middle={middle} />}
                      <span className="figure">
                        {count(test.samples.length)} of {count(test.repeats)}
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
