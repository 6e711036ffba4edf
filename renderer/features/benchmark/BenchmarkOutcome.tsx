import type { BenchmarkState } from "../../../electron/contract/benchmark.ts";
import { roughly } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";

export type Ended = Extract<BenchmarkState, { state: "ended" }>;

/** How the last benchmark ended, what is kept of it, and what to do next. Null: it runs, or there was none. */
export function BenchmarkOutcome({ ended }: { ended: Ended | null }) {
  return (
    <>
      {/* Always there, so that screen readers notice when words come into it. */}
      <output className="bench-outcome">{ended !== null && ended.problem === null && endedText(ended)}</output>
      {ended !== null && ended.problem !== null && <Failure ended={ended} />}
    </>
  );
}

function Failure({ ended }: { ended: Ended }) {
  const { outcome, problem } = ended;
  if (problem === null) return null;
  switch (outcome) {
    case "complete":
    case "stopped":
      return (
        <ProblemNotice
          problem={problem}
          safe="The result is shown below; it is not in the history."
          next="Export it now if you need it."
        />
      );
    case "engine-died":
      return (
        <ProblemNotice
          problem={problem}
          safe={keptText(ended)}
          next="Run it again. If the engine dies again, try the quick plan or a smaller model."
        />
      );
    case "failed":
      return <ProblemNotice problem={problem} safe={keptText(ended)} />;
  }
}

function endedText(ended: Ended): string {
  const { outcome, result, run } = ended;
  if (outcome === "stopped") return `Stopped. ${keptText(ended)}`;
  return result === null ? "Done." : `Done in ${roughly((result.endedAt - run.startedAt) / 1000)}.`;
}

function keptText({ result }: Ended): string {
  if (result === null) return "Nothing was measured yet.";
  const { length } = result.tests;
  return length === 1 ? "1 test measured by then is kept." : `${length} tests measured by then are kept.`;
}
