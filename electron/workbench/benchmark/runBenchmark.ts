import { cpus } from "node:os";
import type {
  BenchmarkConditions,
  BenchmarkNoise,
  BenchmarkProgress,
  BenchmarkResult,
  BenchmarkRun,
  BenchmarkStart,
  BenchmarkState,
  LeftOutReason,
} from "../../contract/benchmark.ts";
import type { MeasureEvent } from "../../contract/engineProtocol.ts";
import { type FactsByCode, type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { LoadProgress, LoadedFacts, FileModel } from "../../contract/models.ts";
import { endingWithin } from "../endingWithin.ts";
import { isCrash } from "../engines/modelUse.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { LoadOptions, LocalSession } from "../engines/Session.ts";
import type { HardwareOwner } from "../hardware/createHardware.ts";
import type { Library } from "../models/library.ts";
import { usualBatch } from "../models/chooseContext.ts";
import { modelFileAt } from "../models/modelFiles.ts";
import { benchmarkConditions } from "./benchmarkConditions.ts";
import { BenchmarkSheet } from "./BenchmarkSheet.ts";
import {
  type BenchmarkStage,
  benchmarkStages,
  contextOf,
  secondsOfPlan,
  withinContext,
  withinTime,
} from "./benchmarkStages.ts";
import { judgeNoise } from "./judgeNoise.ts";
import { measureStage } from "./measureStage.ts";
import type { HashedFile, ModelHashes } from "./ModelHashes.ts";
import { ProblemRun } from "./runProblems.ts";
import { SleepWatch } from "./SleepWatch.ts";
import type { SpeedBook } from "./SpeedBook.ts";

/** What a benchmark needs from the other capabilities. */
export interface BenchmarkParts {
  engines: Pick<Engines, "use">;
  library: Pick<Library, "facts">;
  hardware: Pick<HardwareOwner, "asKnown" | "throttleCount">;
  hashes: Pick<ModelHashes, "of">;
  appVersion: string;
  /** For tests: the wall clock, which continues while the machine is asleep. */
  now?: () => number;
}

export interface BenchmarkJob {
  run: BenchmarkRun;
  start: BenchmarkStart;
  model: FileModel;
  /** This model's speeds on this machine, from earlier results. */
  speeds: SpeedBook;
  signal: AbortSignal;
  onState: (state: BenchmarkState) => void;
}

type Ended = Extract<BenchmarkState, { state: "ended" }>;

const seed = 1;
/** The length of a typical question. */
const firstTokenPromptTokens = 128;
const tickMs = 1000;
const quietSoFar: BenchmarkNoise = { noisy: false, reasons: [], otherLoadCores: null, stolenCores: null };

/**
 * Waits for its turn, loads the model and measures. Never rejects: a stop, a crash of the engine and every failure are
 * outcomes, with everything that was measured until then.
 */
export async function runBenchmark(parts: BenchmarkParts, job: BenchmarkJob): Promise<Ended> {
  const { run, model, signal } = job;
  const measuring = new Measuring(parts, job);
  let outcome: Ended["outcome"] = "complete";
  let problem: Problem | null = null;
  try {
    const complete = await parts.engines.use(model, "benchmark", signal, (session) => measuring.work(session));
    if (complete !== true) outcome = "stopped";
  } catch (error) {
    problem = toProblem(error);
    outcome = isCrash(problem) ? "engine-died" : "failed";
  }
  return { state: "ended", run, outcome, result: await measuring.result(outcome, problem), problem };
}

/** The work of one benchmark during its turn, and its result. */
class Measuring {
  readonly #parts: BenchmarkParts;
  readonly #job: BenchmarkJob;
  readonly #sheet: BenchmarkSheet;
  #conditions: BenchmarkConditions | null = null;
  #throttleCount: number | null = null;
  #facts: LoadedFacts | null = null;
  #ttftMs: number | null = null;
  #peakMemoryBytes: number | null = null;
  /** How the model was loaded, so that it can be loaded again. */
  #loadOptions: LoadOptions = {};
  /** Aborts when the user stops it or its time is over. */
  #time: AbortSignal;
  readonly #problems: ProblemRun | null;
  #isSolving = false;

  constructor(parts: BenchmarkParts, job: BenchmarkJob) {
    this.#parts = parts;
    this.#job = job;
    this.#sheet = new BenchmarkSheet(job.speeds);
    this.#time = job.signal;
    const { solve } = job.start;
    this.#problems = solve === undefined ? null : new ProblemRun(job.model, solve);
  }

  /** Resolves with false if it was stopped or its load was cancelled. Rejects if anything fails. */
  async work(session: LocalSession): Promise<boolean> {
    const { start, signal } = this.#job;
    const seconds = secondsOfPlan(start.plan);
    this.#sheet.beginTime(seconds);
    if (seconds === null) return (await this.#workInTime(session)) && (await this.#solve(session));
    const limit = endingWithin(signal, seconds * 1000);
    this.#time = limit.signal;
    const complete = await this.#workInTime(session).finally(limit.clear);
    return complete && (await this.#solve(session));
  }

  /** Has the model solve problems, with the context and the settings of a reply. */
  async #solve(session: LocalSession): Promise<boolean> {
    const problems = this.#problems;
    if (problems === null) return true;
    this.#isSolving = true;
    const { start, signal, model } = this.#job;
    this.#emit();
    if ((await session.load({ settings: start.settings, signal })) === null) return false;
    const { family } = await this.#parts.library.facts(model);
    return await problems.work(session, family === "r1" ? "on" : "auto", signal, () => this.#emit());
  }

  async #workInTime(session: LocalSession): Promise<boolean> {
    const { hardware, appVersion } = this.#parts;
    const { model, signal } = this.#job;
    const files = await this.#hash().catch((error: unknown) => {
      throw this.#isOver ? this.#tooSlow("hashing") : error;
    });
    const stages = await this.#load(session);
    if (this.#isOver) throw this.#tooSlow("loading");
    if (stages === null || signal.aborted) return false;
    const loaded = session.state;
    if (loaded === null) throw new WorkbenchError("model-load-failed");
    const { engine: info, facts } = loaded;
    const profile = await hardware.asKnown();
    this.#throttleCount = await hardware.throttleCount();
    this.#facts = facts;
    this.#conditions = benchmarkConditions({ appVersion, info, facts, model, files, profile, seed });
    const complete = await this.#measure(stages, session);
    const hasLimit = secondsOfPlan(this.#job.start.plan) !== null;
    // The last test's share of the time ends with the benchmark's, or a moment earlier.
    if (complete && hasLimit && this.#sheet.isEmpty) throw this.#tooSlow("measuring");
    return complete;
  }

  /** Whether the time limit ended it, rather than the user. */
  get #isOver(): boolean {
    return this.#time.aborted && !this.#job.signal.aborted;
  }

  #tooSlow(step: FactsByCode["benchmark-too-slow"]["case"]): WorkbenchError {
    const seconds = secondsOfPlan(this.#job.start.plan) ?? 0;
    return new WorkbenchError("benchmark-too-slow", { case: step, seconds });
  }

  async #hash(): Promise<HashedFile[]> {
    const { run, model, onState } = this.#job;
    const onProgress = (fraction: number): void => onState({ state: "preparing", run, step: "hashing", fraction });
    onProgress(0);
    return await this.#parts.hashes.of(await modelFileAt(model.source.path), this.#time, onProgress);
  }

  /**
   * Loads the model with the largest context that fits, and resolves with the stages that fit into it, or null if
   * stopped.
   */
  async #load(session: LocalSession): Promise<BenchmarkStage[] | null> {
    const { run, model, start, speeds, onState } = this.#job;
    const signal = this.#time;
    const onProgress = ({ fraction }: LoadProgress): void =>
      onState({ state: "preparing", run, step: "loading", fraction });
    onProgress({ fraction: 0 });
    const limit = (await this.#parts.library.facts(model)).contextLength ?? Number.POSITIVE_INFINITY;
    let stages = this.#within(benchmarkStages(start.plan, speeds), limit);
    for (;;) {
      const needed = largestContext(stages);
      const contextSize = Math.min(limit, Math.ceil(Math.max(needed, usualBatch) / 256) * 256);
      const { settings } = start;
      try {
        // A full batch matters more here than a deep test.
        this.#loadOptions = { contextSize, settings, fullBatch: true, signal };
        return (await session.load({ ...this.#loadOptions, onProgress })) === null ? null : stages;
      } catch (error) {
        const problem = toProblem(error);
        if (problem.code !== "model-too-large" || signal.aborted) throw error;
        const reason: LeftOutReason = { code: "memory", facts: { context: contextSize } };
        const smaller = withinContext(stages, needed - 1, reason);
        if (smaller.stages.length === 0) {
          // With a smaller batch if necessary, as for a reply.
          this.#loadOptions = { contextSize, settings, signal };
          return (await session.load({ ...this.#loadOptions, onProgress })) === null ? null : stages;
        }
        this.#sheet.leftOut.push(...smaller.leftOut);
        stages = smaller.stages;
      }
    }
  }

  /** Returns the stages that the model's own context can hold. Throws `benchmark-nothing-to-measure`. */
  #within(stages: BenchmarkStage[], most: number): BenchmarkStage[] {
    const kept = withinContext(stages, most, { code: "context", facts: { most } });
    this.#sheet.leftOut.push(...kept.leftOut);
    if (kept.stages.length > 0) return kept.stages;
    throw new WorkbenchError("benchmark-nothing-to-measure", { case: "context", most });
  }

  async #measure(stages: readonly BenchmarkStage[], session: LocalSession): Promise<boolean> {
    const { signal, speeds } = this.#job;
    const sleep = new SleepWatch(this.#parts.now);
    const ticking = setInterval(() => this.#emit(), tickMs);
    try {
      for (const [index, stage] of stages.entries()) {
        if (this.#isOver) return true;
        const { tests, leftOut } = withinTime(stage, speeds, this.#sheet.secondsToEnd);
        this.#sheet.leftOut.push(...leftOut);
        this.#sheet.beginStage(tests, stage.repeats, stages.slice(index + 1));
        if (tests.length === 0) continue;
        this.#emit();
        const contextSize = this.#facts?.contextSize ?? 0;
        const forFirstToken = this.#ttftMs === null ? Math.min(firstTokenPromptTokens, contextSize - 1) : null;
        const complete = await measureStage({
          session,
          tests,
          params: { repeats: stage.repeats, seed, firstTokenPromptTokens: forFirstToken },
          secondsToEnd: () => this.#sheet.secondsToEnd,
          signal,
          time: this.#time,
          reload: async () => (await session.load(this.#loadOptions)) !== null,
          onEvent: (event) => this.#runEnded(event, sleep.take()),
          onCut: (test, seconds) => this.#sheet.cutTest(test, seconds),
          onMeasured: (value) => {
            this.#ttftMs ??= value.ttftMs;
            this.#peakMemoryBytes = value.peakResidentBytes;
          },
        });
        if (!complete) return false;
      }
      return true;
    } finally {
      clearInterval(ticking);
      sleep.stop();
    }
  }

  #runEnded({ test, repeat, samples, engineCpuMs }: MeasureEvent, slept: boolean): void {
    this.#sheet.runEnded(test, repeat, repeat === 0 ? null : (samples.at(-1) ?? null), slept, engineCpuMs);
    this.#emit();
  }

  #emit(): void {
    const { run, onState } = this.#job;
    const progress = this.#sheet.progress(this.#noise(null));
    const problems = this.#problems;
    const whole = problems === null ? progress : withProblems(progress, problems, this.#isSolving);
    onState({ state: "measuring", run, progress: whole });
  }

  #noise(after: { power: BenchmarkConditions["power"]; throttled: boolean } | null): BenchmarkNoise {
    if (this.#conditions === null) return quietSoFar;
    const { power } = this.#conditions;
    return judgeNoise({
      ...this.#sheet.noiseFacts(),
      cores: cpus().length,
      throttled: after?.throttled ?? false,
      powerBefore: power,
      powerAfter: after?.power ?? power,
    });
  }

  /** Resolves with the result, or null if nothing was measured. */
  async result(outcome: Ended["outcome"], problem: Problem | null): Promise<BenchmarkResult | null> {
    const { run, start } = this.#job;
    this.#sheet.leaveOutTheRest(
      this.#isOver
        ? { code: "time", facts: { case: "over" } }
        : { code: "stopped", facts: { case: outcome === "stopped" ? "byPerson" : "byFailure" } },
    );
    if (this.#conditions === null || this.#facts === null || this.#sheet.isEmpty) return null;
    const noise = this.#noise(await this.#after(this.#conditions, outcome === "stopped"));
    return {
      id: run.id,
      plan: start.plan.kind,
      startedAt: run.startedAt,
      endedAt: Date.now(),
      ending: outcome,
      // Without its detail: a result may be shared.
      problem: problem && { code: problem.code, ...(problem.facts && { facts: problem.facts }) },
      tests: this.#sheet.results(),
      leftOut: this.#sheet.leftOut,
      loadMs: this.#facts.loadMs,
      ttftMs: this.#ttftMs,
      peakMemoryBytes: this.#peakMemoryBytes,
      noise,
      conditions: this.#conditions,
      ...(this.#problems?.result ? { solve: this.#problems.result } : {}),
    };
  }

  /** After a stop, what takes longer is not read again, because the user is waiting. */
  async #after({ power, thermal }: BenchmarkConditions, hurry: boolean) {
    const count = await this.#parts.hardware.throttleCount();
    const now = hurry ? null : await this.#parts.hardware.asKnown().catch(() => null);
    const counted = count !== null && this.#throttleCount !== null && count > this.#throttleCount;
    const throttled = counted || thermal.throttled === true || now?.thermal.throttled === true;
    return { power: now?.power ?? power, throttled };
  }
}

/** How long the problems take is not known before the first one, so the tests have a fixed part of the bar. */
const partOfTests = 0.2;

function withProblems(progress: BenchmarkProgress, problems: ProblemRun, isSolving: boolean): BenchmarkProgress {
  if (!isSolving) return { ...progress, secondsLeft: null, fraction: progress.fraction * partOfTests };
  const solve = problems.progress;
  const fraction = partOfTests + (1 - partOfTests) * (solve.asked / solve.wanted);
  return { ...progress, secondsLeft: problems.secondsLeft, fraction, solve };
}

function largestContext(stages: readonly BenchmarkStage[]): number {
  const tests = stages.flatMap((stage) => stage.tests.flatMap(({ sizes }) => sizes));
  return Math.max(...tests.map(contextOf));
}
