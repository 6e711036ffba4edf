import type { BenchmarkState } from "../../../electron/contract/benchmark.ts";
import { roughly } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";

export type Ended = Extract<BenchmarkState, { state: "ended" }>;

/** How the last benchmark ended, what is kept of it, and what to do next. */
export function BenchmarkOutcome({ ended }: { ended: Ended }) {
  const { outcome, problem, result, run } = ended;
  const kept = keptText(ended);
  if (problem !== null && (outcome === "complete" || outcome === "stopped")) {
    return (
      <ProblemNotice
        problem={problem}
        safe="The result is shown below; it is not in the history."
        next="Export it now if you need it."
      />
    );
  }
  if (outcome === "engine-died" && problem !== null) {
    return (
      <ProblemNotice
        problem={problem}
        safe={kept}
        next="Run it again. If the engine dies again, try the quick plan or a smaller model."
      />
    );
  }
  if (problem !== null) return <ProblemNotice problem={problem} safe={kept} />;
  if (outcome === "stopped") return <output className="bench-outcome">Stopped. {kept}</output>;
  const took = result === null ? "" : ` in ${roughly((result.endedAt - run.startedAt) / 1000)}`;
  return <output className="bench-outcome">Done{took}.</output>;
}

function keptText({ result }: Ended): string {
  if (result === null) return "Nothing was measured yet.";
  const whole = result.tests.length === 1 ? "1 test" : `${result.tests.length} tests`;
  return `${whole} measured by then ${result.tests.length === 1 ? "is" : "are"} kept.`;
}
