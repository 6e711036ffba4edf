import { toProblem } from "../../contract/errors.ts";
import type { SettingsInUse, TrialFinding, TuneTrial } from "../../contract/tune.ts";
import { isCrash } from "../engines/modelUse.ts";
import { firstDifference } from "./GreedyCheck.ts";
import { judgeTrial, type Verdict } from "./judgeTrial.ts";
import { isLossy, type Trial, withSetting } from "./nextTrial.ts";
import { TuneCut, type TrialBench, type Visit } from "./TrialBench.ts";
import { secondsOfRuns } from "./tuneFigures.ts";
import type { VisitTests } from "./visitTests.ts";

export interface RoundResult extends Pick<TuneTrial, "outcome" | "faster" | "why"> {
  /** Visits with the settings it was compared with, and with its own. */
  before: Visit[];
  after: Visit[];
  /** Null if not compared. */
  sameOutput: boolean | null;
  comparedTokens: number;
}

type Bench = Pick<TrialBench, "learnSpeeds" | "sizedTests" | "visit" | "greedy" | "forgetLoaded">;

/** Smaller differences are ignored. */
const leastTold = 0.005;

const changed = ({ faster }: Verdict): TuneTrial["why"] => ({
  finding: { code: "changed", facts: { ratio: faster } },
});

/** How several gains are confirmed together, and visits with the settings in use that already count. */
export interface Confirming {
  tests: VisitTests;
  known: readonly Visit[];
}

/**
 * Measures one trial alternating with the fastest settings so far: those, the trial, those and, if that is a gain, the
 * trial once more. If the trial crashes or is refused, that is its outcome; if the earlier settings do, it rejects.
 */
export class TrialRound {
  readonly #bench: Bench;
  /** The output of the fastest settings by prompt length. Generated again, and longer, for faster settings. */
  readonly #written = new Map<string, number[]>();
  /** The last visit, with which the next trial continues. Null after a failure. */
  #last: { settings: SettingsInUse; tests: VisitTests; visit: Visit } | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Measures the settings in use, before anything is tried, with tests of a size that suits their speed. */
  async begin(inUse: SettingsInUse): Promise<{ tests: VisitTests; visit: Visit }> {
    const probe = await this.#bench.learnSpeeds(inUse).catch((error: unknown) => {
      throw error instanceof TuneCut ? error : new FailedBefore(inUse, error);
    });
    const tests = this.#bench.sizedTests();
    // On a slow machine the first measurement already has the right size and is the first visit.
    if (!isSame(tests, probe.tests)) return { tests, visit: await this.#visitBefore(inUse, tests) };
    this.#last = { settings: inUse, ...probe };
    return probe;
  }

  /** Returns whether the last visit can be the first one of a trial with these settings and tests. */
  isBegun(best: SettingsInUse, tests: VisitTests): boolean {
    return this.#lastOf(best, tests) !== null;
  }

  async run(best: SettingsInUse, trial: Trial, tests: VisitTests): Promise<RoundResult> {
    const tried = withSetting(best, trial);
    const leastPromptTokens = trial.setting === "batchSize" ? tests.promptTokens + 1 : 0;
    const expected = await this.#writtenBefore(best, leastPromptTokens);
    const before = [this.#lastOf(best, tests) ?? (await this.#visitBefore(best, tests))];
    const after: Visit[] = [];
    let sameOutput: boolean | null = null;
    const result = (
      outcome: TuneTrial["outcome"],
      why: TuneTrial["why"],
      faster: number | null = null,
    ): RoundResult => ({
      outcome,
      why,
      faster,
      before,
      after,
      sameOutput,
      comparedTokens: expected.length,
    });
    const judge = (): Verdict =>
      judgeTrial(
        before.map((visit) => secondsOfRuns(visit, trial)),
        after.map((visit) => secondsOfRuns(visit, trial)),
      );
    try {
      after.push(await this.#visit(tried, tests));
      const first = judge();
      if (first.kind === "clearly-slower") return result("no-gain", changed(first), first.faster);
      const difference = firstDifference(expected, await this.#bench.greedy(tried, leastPromptTokens, expected.length));
      sameOutput = difference === null;
      if (difference !== null && !isLossy(tried.kvCacheType)) {
        const finding: TrialFinding = { code: "other-output", facts: { token: difference } };
        return result("other-output", { finding }, first.faster);
      }
      before.push(await this.#visitBefore(best, tests));
      if (judge().kind === "gain") after.push(await this.#visit(tried, tests));
    } catch (error) {
      if (error instanceof TuneCut || error instanceof FailedBefore) throw error;
      this.#bench.forgetLoaded();
      this.#last = null;
      const problem = toProblem(error);
      if (isCrash(problem)) return result("crashed", { problem });
      return result(problem.code === "model-too-large" ? "does-not-fit" : "failed", { problem });
    }
    const verdict = judge();
    const { kind, faster } = verdict;
    const noise = [...before, ...after].find((visit) => visit.noise !== null)?.noise;
    if (noise !== undefined && noise !== null) return result("unclear", { noise }, faster);
    if (kind === "gain" && after.length > 1) return result("gain", changed(verdict), faster);
    if (kind === "clearly-slower") return result("no-gain", changed(verdict), faster);
    const finding: TrialFinding =
      Math.abs(faster - 1) < leastTold
        ? { code: "same", facts: {} }
        : { code: "within-spread", facts: { ratio: faster } };
    return result("no-gain", { finding }, faster);
  }

  /** Measures both alternately, twice each. `known` visits with the settings before count. */
  async compare(
    before: SettingsInUse,
    after: SettingsInUse,
    { tests, known }: Confirming,
  ): Promise<{ before: Visit[]; after: Visit[] }> {
    const visits = { before: [...known], after: [] as Visit[] };
    if (known.length === 0) visits.before.push(await this.#visitBefore(before, tests));
    visits.after.push(await this.#visitBefore(after, tests));
    visits.before.push(await this.#visitBefore(before, tests));
    visits.after.push(await this.#visitBefore(after, tests));
    return visits;
  }

  async #writtenBefore(best: SettingsInUse, leastPromptTokens: number): Promise<number[]> {
    const key = JSON.stringify([best, leastPromptTokens]);
    const tokens = this.#written.get(key) ?? (await this.#bench.greedy(best, leastPromptTokens));
    this.#written.set(key, tokens);
    return tokens;
  }

  async #visit(settings: SettingsInUse, tests: VisitTests): Promise<Visit> {
    this.#last = null;
    const visit = await this.#bench.visit(settings, tests);
    this.#last = { settings, tests, visit };
    return visit;
  }

  async #visitBefore(settings: SettingsInUse, tests: VisitTests): Promise<Visit> {
    try {
      return await this.#visit(settings, tests);
    } catch (error) {
      throw error instanceof TuneCut ? error : new FailedBefore(settings, error);
    }
  }

  #lastOf(settings: SettingsInUse, tests: VisitTests): Visit | null {
    const last = this.#last;
    const isIt = last !== null && isSame(last.settings, settings) && isSame(last.tests, tests);
    return isIt && last.visit.noise === null ? last.visit : null;
  }
}

/** Settings that had worked before failed, so that the trial is not the cause. */
export class FailedBefore extends Error {
  readonly settings: SettingsInUse;

  constructor(settings: SettingsInUse, cause: unknown) {
    super("Settings that had worked failed.", { cause });
    this.settings = settings;
  }
}

export function isSame<Value extends object>(one: Value, other: Value): boolean {
  return (Object.keys(one) as (keyof Value)[]).every((key) => one[key] === other[key]);
}
