import type {
  BenchmarkNoise,
  BenchmarkProgress,
  BenchmarkTest,
  BenchmarkTestResult,
  LeftOutReason,
  LeftOutTest,
} from "../../contract/benchmark.ts";
import { testName } from "../../contract/testName.ts";
import { median } from "../median.ts";
import { type BenchmarkStage, labelOf, withinTime } from "./benchmarkStages.ts";
import type { NoiseFacts } from "./judgeNoise.ts";
import { LoadWatch } from "./LoadWatch.ts";
import type { SpeedBook } from "./SpeedBook.ts";
import { speedOf } from "./speedOf.ts";

interface SheetTest {
  test: BenchmarkTest;
  repeats: number;
  startedAt: number;
  samples: number[];
  discarded: BenchmarkTestResult["discarded"];
  isLeftOut: boolean;
}

/** What a benchmark has measured so far, and what is still to be measured. */
export class BenchmarkSheet {
  readonly leftOut: LeftOutTest[] = [];
  readonly #tests: SheetTest[] = [];
  readonly #speeds: SpeedBook;
  readonly #load = new LoadWatch();
  /** When the plan's time ends. Null if there is no limit or the time has not started. */
  #endsAt: number | null = null;
  #later: BenchmarkStage[] = [];
  /** Indices in `#tests`: the first test of the current stage, and the current test. */
  #stageStart = 0;
  #test = 0;
  #run = 0;
  #runBegan = performance.now();
  #begun = performance.now();
  #fraction = 0;

  constructor(speeds: SpeedBook) {
    this.#speeds = speeds;
  }

  /** Starts the clock. Null means no limit. */
  beginTime(seconds: number | null): void {
    this.#endsAt = seconds === null ? null : performance.now() + seconds * 1000;
  }

  get secondsToEnd(): number {
    return this.#endsAt === null ? Number.POSITIVE_INFINITY : (this.#endsAt - performance.now()) / 1000;
  }

  get isEmpty(): boolean {
    return this.#tests.every(({ samples }) => samples.length === 0);
  }

  beginStage(tests: readonly BenchmarkTest[], repeats: number, later: BenchmarkStage[]): void {
    this.#stageStart = this.#tests.length;
    for (const test of tests)
      this.#tests.push({ test, repeats, startedAt: Date.now(), samples: [], discarded: [], isLeftOut: false });
    this.#later = later;
    this.#test = this.#stageStart;
    this.#run = 0;
    this.#runBegan = performance.now();
  }

  /** Records the end of a run: the warm-up (0) or a timed one. `slept`: the machine was asleep during it. */
  runEnded(stageTest: number, run: number, tokensPerSecond: number | null, slept: boolean, engineCpuMs: number): void {
    const index = this.#stageStart + stageTest;
    const entry = this.#tests[index];
    if (entry === undefined) return;
    if (run === 0) entry.startedAt = Date.now();
    else if (tokensPerSecond !== null && slept) entry.discarded.push({ tokensPerSecond, reason: "slept" });
    else if (tokensPerSecond !== null) entry.samples.push(tokensPerSecond);
    this.#load.runEnded(run === 0 || slept ? null : keyOf(entry.test), engineCpuMs);
    this.#speeds.learn(entry.test, entry.samples);
    const isLast = run === entry.repeats;
    this.#test = isLast ? index + 1 : index;
    this.#run = isLast ? 0 : run + 1;
    this.#runBegan = performance.now();
  }

  /** Ends the current test; if it has no timed run, it is left out. The next test follows. */
  cutTest(stageTest: number, spentSeconds: number): void {
    const index = this.#stageStart + stageTest;
    const entry = this.#tests[index];
    if (entry === undefined) return;
    if (entry.samples.length === 0) {
      const reason: LeftOutReason = { code: "time", facts: { case: "unfinished", spent: spentSeconds } };
      this.leftOut.push({ ...labelOf(entry.test), reason });
      entry.isLeftOut = true;
    }
    this.#test = index + 1;
    this.#run = 0;
    this.#runBegan = performance.now();
  }

  /** Leaves out everything that was not measured before the benchmark ended. */
  leaveOutTheRest(reason: LeftOutReason): void {
    const rest = this.#later.flatMap(({ tests }) => tests.flatMap(({ sizes }) => sizes.slice(0, 1)));
    const unmeasured = this.#tests
      .filter(({ samples, isLeftOut }) => samples.length === 0 && !isLeftOut)
      .map(({ test }) => test);
    for (const test of [...unmeasured, ...rest]) this.leftOut.push({ ...labelOf(test), reason });
    this.#later = [];
  }

  results(): BenchmarkTestResult[] {
    return this.#tests
      .filter(({ samples }) => samples.length > 0)
      .map(({ test, startedAt, samples, discarded }) => ({
        ...test,
        name: testName(test),
        startedAt,
        tokensPerSecond: speedOf(samples),
        discarded,
        otherLoadCores: this.#load.during(keyOf(test))?.otherCores ?? null,
      }));
  }

  noiseFacts(): Pick<NoiseFacts, "tests" | "all"> {
    const tests = this.#tests.map(({ test, samples }) => ({
      part:
        test.depth === 0
          ? { case: "test" as const, test: testName(test) }
          : { case: "deep" as const, test: testName(test), depth: test.depth },
      samples,
      runSeconds: samples.length === 0 ? 0 : (test.promptTokens + test.generatedTokens) / median(samples),
      load: this.#load.during(keyOf(test)),
    }));
    return { tests, all: this.#load.inAll() };
  }

  progress(noise: BenchmarkNoise): BenchmarkProgress {
    const secondsLeft = this.#secondsLeft();
    const elapsed = (performance.now() - this.#begun) / 1000;
    const done = secondsLeft === null ? this.#shareOfRuns() : elapsed / (elapsed + secondsLeft);
    this.#fraction = Math.max(this.#fraction, Math.min(1, done));
    return {
      tests: this.#tests.map(({ test, repeats, samples }) => ({ ...labelOf(test), repeats, samples: [...samples] })),
      leftOut: [...this.leftOut],
      test: Math.min(this.#test, Math.max(0, this.#tests.length - 1)),
      run: this.#run,
      secondsLeft,
      fraction: this.#fraction,
      noise,
    };
  }

  #secondsLeft(): number | null {
    let seconds = 0;
    for (const { test, repeats } of this.#tests.slice(this.#test)) {
      const all = this.#speeds.secondsOfTest(test, repeats);
      const oneRun = this.#speeds.secondsOfRun(test);
      if (all === null || oneRun === null) return null;
      const isCurrent = test === this.#tests[this.#test]?.test;
      const rest = isCurrent && this.#run > 0 ? oneRun * (repeats - this.#run + 1) : all;
      seconds += isCurrent ? Math.max(0, rest - (performance.now() - this.#runBegan) / 1000) : rest;
    }
    for (const stage of this.#later) {
      const { tests } = withinTime(stage, this.#speeds, this.secondsToEnd - seconds);
      for (const test of tests) seconds += this.#speeds.secondsOfTest(test, stage.repeats) ?? 0;
    }
    return Math.min(seconds, Math.max(0, this.secondsToEnd));
  }

  #shareOfRuns(): number {
    const runs = this.#tests.reduce((sum, { repeats }) => sum + repeats + 1, 0);
    const done = this.#tests.reduce((sum, { samples, discarded }) => sum + samples.length + discarded.length, 0);
    return runs === 0 ? 0 : done / runs;
  }
}

const keyOf = (test: BenchmarkTest): string => `${testName(test)}@${test.depth}`;
