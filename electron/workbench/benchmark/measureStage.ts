import type { BenchmarkTest } from "../../contract/benchmark.ts";
import type { MeasureEvent, MeasureParams, MeasureResult } from "../../contract/engineProtocol.ts";
import type { LocalSession } from "../engines/Session.ts";

export interface StagePlan {
  session: Pick<LocalSession, "measure">;
  tests: readonly BenchmarkTest[];
  params: Omit<MeasureParams, "tests" | "testMs">;
  /** Infinity if there is no limit. */
  secondsToEnd: () => number;
  /** Aborts when the user stops the benchmark. */
  signal: AbortSignal;
  /** Aborts when the user stops the benchmark or its time is over. */
  time: AbortSignal;
  /** Loads the model again after the engine had to be terminated. Resolves with false if there is no time for it. */
  reload: () => Promise<boolean>;
  onEvent: (event: MeasureEvent) => void;
  /** Called when a test has used up its share of the time (`seconds`), or all of the benchmark's. */
  onCut: (test: number, seconds: number) => void;
  onMeasured: (value: MeasureResult) => void;
}

/** The rest of a test's time is for filling the context and the warm-up. */
const shareOfTimedRuns = 0.75;
/** If a device takes longer than this to finish a step, its engine is terminated. */
const cancelMs = 2000;

/**
 * Measures tests one after another. If time is limited, each has an equal share of what is left, so that a test that a
 * slow device cannot finish does not take the others' time. Resolves with false if the user stopped it.
 */
export async function measureStage(plan: StagePlan): Promise<boolean> {
  const { session, tests, params, signal, time } = plan;
  for (let first = 0; first < tests.length; ) {
    let test = first;
    const cutting = new AbortController();
    const cut = (): void => cutting.abort();
    if (time.aborted) cut();
    time.addEventListener("abort", cut, { once: true });
    const partSeconds = (): number => plan.secondsToEnd() / (tests.length - test);
    let timer: NodeJS.Timeout | undefined;
    const begin = (next: number): void => {
      clearTimeout(timer);
      test = next;
      const seconds = partSeconds();
      if (test < tests.length && Number.isFinite(seconds)) {
        timer = setTimeout(cut, Math.max(0, seconds * 1000));
      }
    };
    begin(first);
    const seconds = partSeconds();
    try {
      const { outcome, value } = await session.measure(
        {
          ...params,
          tests: tests.slice(first),
          ...(Number.isFinite(seconds) ? { testMs: Math.max(0, seconds * 1000 * shareOfTimedRuns) } : {}),
        },
        {
          signal: cutting.signal,
          cancelMs,
          onEvent: (event) => {
            const index = first + event.test;
            if (index > test) begin(index);
            if (event.repeat === params.repeats) begin(index + 1);
            plan.onEvent({ ...event, test: index });
          },
        },
      );
      if (value !== null) plan.onMeasured(value);
      if (outcome === "done") return true;
    } finally {
      clearTimeout(timer);
      time.removeEventListener("abort", cut);
    }
    if (signal.aborted) return false;
    // The time was up after the last run: all tests are complete.
    if (test >= tests.length) return true;
    plan.onCut(test, seconds);
    first = test + 1;
    if (time.aborted || (first < tests.length && !(await plan.reload()))) return !signal.aborted;
  }
  return true;
}
