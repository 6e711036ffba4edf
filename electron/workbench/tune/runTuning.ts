import { type Problem, toProblem } from "../../contract/errors.ts";
import { mayHaveLargePages } from "../../contract/engine.ts";
import type { FileModel } from "../../contract/models.ts";
import {
  type SettingsInUse,
  type TunedSetting,
  tunedSettings,
  type TuneFigures,
  type TuneProposal,
  type TuneRun,
  type TuneState,
  type TuneTrial,
} from "../../contract/tune.ts";
import { type Clock, systemClock } from "../idleTimer.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { LocalSession } from "../engines/Session.ts";
import type { HardwareOwner } from "../hardware/createHardware.ts";
import { judgeTrial } from "./judgeTrial.ts";
import { bestSettings, isLossy, nextTrial, settingsLeft, type TriedTrial, type Trial } from "./nextTrial.ts";
import { TrialBench, type TrialBenchParts, type Visit } from "./TrialBench.ts";
import { type Confirming, FailedBefore, isSame, type RoundResult, TrialRound } from "./TrialRound.ts";
import { changesBetween, secondsOfRuns, tuneFigures } from "./tuneFigures.ts";
import { secondsOfTrial, secondsToConfirm } from "./trialSeconds.ts";
import { testsFor, type VisitTests } from "./visitTests.ts";

/** What a tuning needs from the other capabilities. */
export interface TuneParts extends TrialBenchParts {
  engines: Pick<Engines, "use">;
  hardware: Pick<HardwareOwner, "asKnown" | "throttleCount">;
  /** For tests: a clock that a test controls. */
  clock?: Clock;
}

export interface TuneJob {
  run: TuneRun;
  model: FileModel;
  signal: AbortSignal;
  onState: (state: TuneState) => void;
}

interface Gain {
  trial: Trial;
  result: RoundResult;
  tests: VisitTests;
}

type Ended = Extract<TuneState, { state: "ended" }>;
type Progress = Extract<TuneState, { state: "trying" }>["progress"];

const tickMs = 1000;

/**
 * Waits for its turn, then tries settings until nothing gains, the time is over or it is stopped. Never rejects, and
 * changes nothing: the result is a proposal.
 */
export async function runTuning(parts: TuneParts, job: TuneJob): Promise<Ended> {
  const { run, model, signal } = job;
  const tuning = new Tuning(parts, job);
  let outcome: Ended["outcome"];
  let problem: Problem | null = null;
  try {
    const ended = await parts.engines.use(model, "tuning", signal, (session) => tuning.work(session));
    outcome = ended ?? "stopped";
  } catch (error) {
    outcome = tuning.isOver ? "time" : "failed";
    if (outcome === "time") tuning.cutShort();
    else {
      problem = toProblem(error instanceof FailedBefore ? error.cause : error);
      if (error instanceof FailedBefore) tuning.failedWith(error.settings);
    }
  }
  return { state: "ended", run, outcome, ...tuning.found(), problem };
}

/** The work of one tuning during its turn. */
class Tuning {
  readonly #parts: TuneParts;
  readonly #job: TuneJob;
  readonly #clock: Clock;
  readonly #trials: TuneTrial[] = [];
  readonly #tried: TriedTrial[] = [];
  readonly #timeOver = new AbortController();
  #endsAt = Number.POSITIVE_INFINITY;
  #inUse: SettingsInUse | null = null;
  #before: TuneFigures | null = null;
  #proposal: TuneProposal | null = null;
  #left: TunedSetting[] = [];
  /** Returns the settings still to be tried, an unfinished trial's among them. */
  #toTry: () => TunedSetting[] = () => [];
  #now: Pick<Progress, "step" | "noise"> = { step: "loading", noise: null };

  constructor(parts: TuneParts, job: TuneJob) {
    this.#parts = parts;
    this.#job = job;
    this.#clock = parts.clock ?? systemClock;
  }

  get isOver(): boolean {
    return this.#timeOver.signal.aborted;
  }

  /** Withdraws the proposal if its settings failed in the end. */
  failedWith(settings: SettingsInUse): void {
    if (this.#inUse === null || !isSame(this.#inUse, settings)) this.#proposal = null;
  }

  /** Notes what was not tried. Call if the time ended during a measurement. */
  cutShort(): void {
    this.#left = this.#toTry();
  }

  found(): Pick<Ended, "trials" | "left" | "before" | "proposal"> {
    const trials = this.#trials.map((trial) =>
      trial.outcome === "trying"
        ? { ...trial, outcome: "unfinished" as const, why: { finding: { code: "unfinished" as const, facts: {} } } }
        : trial,
    );
    return { trials, left: this.#left, before: this.#before, proposal: this.#proposal };
  }

  async work(session: LocalSession): Promise<Ended["outcome"]> {
    const { run, signal } = this.#job;
    const limitMs = run.minutes * 60_000;
    this.#endsAt = this.#clock.now() + limitMs;
    const preventEnd = this.#clock.after(limitMs, () => this.#timeOver.abort());
    const ticking = setInterval(() => this.#emit(), tickMs);
    try {
      return await this.#search(session, AbortSignal.any([signal, this.#timeOver.signal]));
    } finally {
      preventEnd();
      clearInterval(ticking);
    }
  }

  async #search(session: LocalSession, signal: AbortSignal): Promise<Ended["outcome"]> {
    const { run } = this.#job;
    this.#emit();
    const profile = await this.#parts.hardware.asKnown();
    const bench = new TrialBench(this.#parts, {
      session,
      profile,
      signal,
      secondsLeft: () => this.#secondsLeft,
      emit: (now) => {
        this.#now = now;
        this.#emit();
      },
    });
    const {
      settings: inUse,
      state: { engine, facts },
    } = await bench.loadAsInUse();
    this.#inUse = inUse;
    const round = new TrialRound(bench);
    const { tests: atStart, visit } = await round.begin(inUse);
    this.#before = tuneFigures([visit]);
    let usual = atStart;
    const gains: Gain[] = [];
    const { contextSize } = facts;
    const confirming = (): Confirming => {
      const changes = gains.map(({ trial }) => trial);
      const tests = testsFor(changes, atStart, inUse, contextSize);
      // The visits that the first gain was compared with count, if they were measured in the same way.
      const [first] = gains;
      return { tests, known: first !== undefined && isSame(first.tests, tests) ? first.result.before : [] };
    };
    const { defaultThreads, usableCores } = profile.cpu;
    const hasGpu = engine.backend !== "cpu";
    const hasLargePages = mayHaveLargePages(engine);
    const state = {
      inUse,
      machine: { defaultThreads, usableCores, hasGpu, hasLargePages, layers: facts.layers },
      contextSize,
      allowLossy: run.allowLossy,
      tried: this.#tried,
    };
    this.#toTry = () => settingsLeft(state);
    for (;;) {
      const best = bestSettings(inUse, this.#tried);
      const next = nextTrial({
        ...state,
        secondsLeft: this.#secondsLeft - (gains.length === 0 ? 0 : secondsToConfirm(bench, inUse, best, confirming())),
        secondsOf: (trial) =>
          secondsOfTrial(bench, round, {
            best,
            trial,
            tests: testsFor([trial], usual, best, contextSize),
            cores: defaultThreads,
          }),
      });
      if ("done" in next) {
        await this.#confirm(round, inUse, best, gains, confirming());
        if (next.done === "time") this.#left = next.left;
        return next.done;
      }
      const { trial } = next;
      const shown: TuneTrial = {
        ...trial,
        from: best[trial.setting],
        outcome: "trying",
        faster: null,
        writing: null,
        reading: null,
        why: null,
      };
      this.#trials.push(shown);
      this.#emit();
      const tests = testsFor([trial], usual, best, contextSize);
      const result = await round.run(best, trial, tests);
      const { outcome, faster, why } = result;
      const changes = faster === null ? {} : changesBetween(result.before, result.after);
      this.#trials[this.#trials.length - 1] = { ...shown, outcome, faster, ...changes, why };
      this.#tried.push({ ...trial, outcome });
      if (outcome !== "gain") continue;
      gains.push({ trial, result, tests });
      // Faster settings do more work in the same time.
      usual = bench.sizedTests();
      // The first gain was measured alternating with the settings in use. All together are measured at the end.
      if (gains.length === 1) this.#propose(inUse, gains, result.before, result.after);
    }
  }

  /** Measures several gains together against the settings in use. */
  async #confirm(
    round: TrialRound,
    inUse: SettingsInUse,
    best: SettingsInUse,
    gains: readonly Gain[],
    confirming: Confirming,
  ): Promise<void> {
    if (gains.length < 2) return;
    const { before, after } = await round.compare(inUse, best, confirming);
    const all = { setting: "threads" as const };
    const verdict = judgeTrial(
      before.map((visit) => secondsOfRuns(visit, all)),
      after.map((visit) => secondsOfRuns(visit, all)),
    );
    const isQuiet = [...before, ...after].every(({ noise }) => noise === null);
    if (isQuiet && verdict.kind === "gain") this.#propose(inUse, gains, before, after);
    else if (isQuiet) this.#proposal = null;
  }

  #propose(inUse: SettingsInUse, gains: readonly Gain[], before: readonly Visit[], after: readonly Visit[]): void {
    const settings = bestSettings(inUse, this.#tried);
    const changed = tunedSettings.filter((setting) => settings[setting] !== inUse[setting]);
    const figures = { before: tuneFigures(before), after: tuneFigures(after) };
    this.#before = figures.before;
    this.#proposal = {
      changes: changed.map((setting) => ({ setting, to: settings[setting], from: inUse[setting] })),
      ...figures,
      faster: figures.before.replySeconds / figures.after.replySeconds,
      lossy: isLossy(settings.kvCacheType) && !isLossy(inUse.kvCacheType),
      sameOutput: gains.every(({ result }) => result.sameOutput !== false),
      comparedTokens: Math.min(...gains.map(({ result }) => result.comparedTokens)),
    };
  }

  get #secondsLeft(): number {
    return Math.max(0, (this.#endsAt - this.#clock.now()) / 1000);
  }

  #emit(): void {
    const { run, onState } = this.#job;
    if (this.#endsAt === Number.POSITIVE_INFINITY) return;
    onState({
      state: "trying",
      run,
      progress: { ...this.#now, trials: [...this.#trials], before: this.#before, secondsLeft: this.#secondsLeft },
    });
  }
}
