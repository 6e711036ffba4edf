import { cpus } from "node:os";
import type { EngineRequests, GreedyParams } from "../../contract/engineProtocol.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { LoadedFacts } from "../../contract/models.ts";
import type { NoiseReason } from "../../contract/noise.ts";
import type { SettingsInUse, TuneProgress } from "../../contract/tune.ts";
import { judgeNoise } from "../benchmark/judgeNoise.ts";
import { type LoadClocks, LoadWatch } from "../benchmark/LoadWatch.ts";
import { SleepWatch } from "../benchmark/SleepWatch.ts";
import type { RequestOutcome } from "../engine/PendingRequest.ts";
import type { LoadOptions, LocalSession, LocalState } from "../engines/Session.ts";
import type { HardwareOwner } from "../hardware/createHardware.ts";
import { GreedyCheck } from "./GreedyCheck.ts";
import { type KnownSpeeds, measureTests, secondsOfVisit, usualTests, type VisitTests } from "./visitTests.ts";

export interface TrialBenchParts {
  hardware: Pick<HardwareOwner, "throttleCount">;
  /** For tests: a clock in seconds that a test controls. */
  now?: () => number;
  loadClocks?: LoadClocks | undefined;
}

export interface TrialBenchJob {
  session: Pick<LocalSession, "state" | "load" | "measure" | "greedy">;
  profile: MachineProfile;
  signal: AbortSignal;
  secondsLeft: () => number;
  emit: (now: Pick<TuneProgress, "step" | "noise">) => void;
}

/** One measurement of the model with some settings. */
export interface Visit {
  /** Tokens per second of each timed run. */
  reading: number[];
  writing: number[];
  /** What disturbed it. Null if nothing did. */
  noise: NoiseReason | null;
}

/** A busy machine may soon be idle again. */
const mostTries = 3;
/** A disturbed visit is repeated only if there is time for this many more. */
const visitsOfTrial = 4;

const shortTests: VisitTests = { promptTokens: 8, generatedTokens: 1, depth: 0, runs: 1 };
const longerTests: VisitTests = { promptTokens: 128, generatedTokens: 16, depth: 0, runs: 1 };
const shortestProbeSeconds = 0.2;
/** Time for generating the most likely tokens. Rounding differences show in the first ones, or rarely at all. */
const drawSeconds = 1.5;

/** If a device takes longer than this to finish a step after the time is over, its engine is terminated. */
const cancelMs = 2000;

/** Thrown when the time limit or a stop ends the work. What was done until then counts. */
export class TuneCut extends Error {}

/** Loads and measures one model with any settings, and knows what is loaded and how long each step takes. */
export class TrialBench {
  readonly #parts: TrialBenchParts;
  readonly #job: TrialBenchJob;
  readonly #now: () => number;
  readonly #visitSeconds = new Map<string, number>();
  readonly #greedy: GreedyCheck;
  /**
   * The state after the last load, and its settings. Another model may have been loaded since, or the engine may have
   * exited.
   */
  #loaded: { key: string; state: LocalState } | null = null;
  /** The settings that replies use. */
  #inUse: SettingsInUse | null = null;
  /** Whether other settings are loaded; the model is then not marked for a crash. */
  #isTrial = false;
  #facts: LoadedFacts | null = null;
  #loadSeconds = 0;
  #speeds: KnownSpeeds = { readTokensPerSecond: 1, writtenTokensPerSecond: 1 };

  constructor(parts: TrialBenchParts, job: TrialBenchJob) {
    this.#parts = parts;
    this.#job = job;
    this.#now = parts.now ?? (() => performance.now() / 1000);
    this.#greedy = new GreedyCheck((params) => this.#draw(params));
  }

  /** Loads the model as a reply would, and returns the settings that took effect. This is not a trial. */
  async loadAsInUse(): Promise<{ settings: SettingsInUse; state: LocalState }> {
    const state = await this.#load({});
    const { facts } = state;
    const { threads, gpuLayers, batchSize, memoryMapped, largePages, kvCacheType } = facts;
    // If llama.cpp does not report it, it is on: that is its default wherever possible.
    const settings = {
      threads,
      gpuLayers,
      batchSize,
      memoryMapped,
      largePages,
      kvCacheType,
      flashAttention: facts.flashAttention ?? true,
    };
    this.#loaded = { key: loadKey(settings), state };
    this.#inUse = settings;
    return { settings, state };
  }

  /** Learns the speeds from a short measurement and, if that was too short, from a longer one. */
  async learnSpeeds(settings: SettingsInUse): Promise<{ tests: VisitTests; visit: Visit }> {
    const first = await this.#probe(settings, shortTests);
    const wasLong = shortTests.promptTokens / this.#speeds.readTokensPerSecond > shortestProbeSeconds;
    return wasLong ? first : await this.#probe(settings, longerTests);
  }

  async #probe(settings: SettingsInUse, tests: VisitTests): Promise<{ tests: VisitTests; visit: Visit }> {
    const startedAt = this.#now();
    const visit = await this.#measure(settings, tests);
    this.#visitSeconds.set(visitKey(settings, tests), this.#now() - startedAt);
    this.#learn(visit.reading, visit.writing);
    return { tests, visit };
  }

  /** Returns tests of a size that suits the last measured speed and the time left. */
  sizedTests(): VisitTests {
    return usualTests(this.#speeds, this.#contextSize, this.#job.secondsLeft());
  }

  get #contextSize(): number {
    return this.#facts?.contextSize ?? 0;
  }

  /** Measures, after loading if these settings need it. Repeats it while other programs disturb it and time is left. */
  async visit(settings: SettingsInUse, tests: VisitTests): Promise<Visit> {
    await this.load(settings);
    for (let tried = 1; ; tried++) {
      const startedAt = this.#now();
      const visit = await this.#measure(settings, tests);
      const seconds = this.#now() - startedAt;
      this.#visitSeconds.set(visitKey(settings, tests), seconds);
      if (tests.depth === 0) this.#learn(visit.reading, visit.writing);
      if (visit.noise === null || tried === mostTries || this.#job.secondsLeft() < seconds * visitsOfTrial)
        return visit;
      this.#job.emit({ step: "measuring", noise: visit.noise });
    }
  }

  /**
   * Resolves with the most likely tokens after a fixed prompt of at least this length; as many as can be generated in
   * 1.5 s.
   */
  async greedy(settings: SettingsInUse, leastPromptTokens: number, count = this.#drawnTokens): Promise<number[]> {
    await this.load(settings);
    this.#job.emit({ step: "comparing", noise: null });
    return await this.#greedy.tokens({
      threads: settings.threads,
      leastPromptTokens,
      count,
      contextSize: this.#contextSize,
    });
  }

  get #drawnTokens(): number {
    return Math.round(Math.max(2, Math.min(48, drawSeconds * this.#speeds.writtenTokensPerSecond)));
  }

  async load(settings: SettingsInUse): Promise<void> {
    const key = loadKey(settings);
    this.#isTrial = this.#inUse === null || settingsKey(settings) !== settingsKey(this.#inUse);
    if (this.#loaded?.key === key && this.#loaded.state === this.#job.session.state) return;
    this.#loaded = null;
    const state = await this.#load({ contextSize: this.#contextSize, settings, isTrial: this.#isTrial });
    this.#loaded = { key, state };
  }

  /** Call after a failure, when it is not known what is loaded. */
  forgetLoaded(): void {
    this.#loaded = null;
  }

  /** Returns the expected seconds of a visit, without its load. */
  secondsOfVisit(settings: SettingsInUse, tests: VisitTests): number {
    return this.#visitSeconds.get(visitKey(settings, tests)) ?? secondsOfVisit(tests, this.#speeds);
  }

  /** Returns the expected seconds of changing settings. 0 if nothing has to be loaded. */
  secondsOfLoad(from: SettingsInUse, to: SettingsInUse): number {
    return loadKey(from) === loadKey(to) ? 0 : this.#loadSeconds;
  }

  secondsOfGreedy(leastPromptTokens: number): number {
    const { readTokensPerSecond, writtenTokensPerSecond } = this.#speeds;
    const reading = this.#greedy.promptTokens(leastPromptTokens) / readTokensPerSecond;
    const oneToken = 1 / writtenTokensPerSecond;
    // If threads wait for each other, reading the question takes as long as one token.
    const waits = leastPromptTokens === 0 && oneToken > 1;
    return (waits ? oneToken : reading) + this.#drawnTokens * oneToken;
  }

  async #load(options: LoadOptions): Promise<LocalState> {
    const { session, signal, emit } = this.#job;
    emit({ step: "loading", noise: null });
    const startedAt = this.#now();
    const state = await session.load({ ...options, signal });
    this.#loadSeconds = Math.max(this.#loadSeconds, this.#now() - startedAt);
    if (state === null) throw new TuneCut();
    this.#facts ??= state.facts;
    this.#loadSeconds = Math.max(this.#loadSeconds, state.facts.loadMs / 1000);
    return state;
  }

  async #measure(settings: SettingsInUse, tests: VisitTests): Promise<Visit> {
    const { hardware, loadClocks } = this.#parts;
    const { profile, session, signal } = this.#job;
    this.#job.emit({ step: "measuring", noise: null });
    const watch = new LoadWatch(loadClocks);
    const sleep = new SleepWatch();
    const throttledBefore = await hardware.throttleCount();
    const params = {
      tests: measureTests(tests),
      repeats: tests.runs,
      seed: 1,
      firstTokenPromptTokens: null,
      threads: settings.threads,
    };
    const measured = await session
      .measure(params, { signal, cancelMs, isTrial: this.#isTrial, onEvent: (event) => watch.measured(event) })
      .then(uncut)
      .finally(() => sleep.stop());
    const throttled = (await hardware.throttleCount()) !== throttledBefore;
    const [reading = [], writing = []] = measured.tests.map(({ samples }) => samples);
    // The spread is judged when settings are compared: too many threads, for example, widen it.
    const { reasons } = judgeNoise({
      cores: cpus().length,
      tests: [
        { part: { case: "reading" }, samples: [], runSeconds: 0, load: watch.during("0") },
        { part: { case: "writing" }, samples: [], runSeconds: 0, load: watch.during("1") },
      ],
      all: watch.inAll(),
      throttled,
      powerBefore: profile.power,
      powerAfter: profile.power,
    });
    const slept: NoiseReason | null = sleep.take() ? { code: "slept", facts: {} } : null;
    return { reading, writing, noise: reasons[0] ?? slept };
  }

  #learn(reading: readonly number[], writing: readonly number[]): void {
    const { readTokensPerSecond, writtenTokensPerSecond } = this.#speeds;
    this.#speeds = {
      readTokensPerSecond: reading.at(-1) ?? readTokensPerSecond,
      writtenTokensPerSecond: writing.at(-1) ?? writtenTokensPerSecond,
    };
  }

  async #draw(params: GreedyParams): Promise<EngineRequests["greedy"]["result"]> {
    const { session, signal } = this.#job;
    return uncut(await session.greedy(params, { signal, cancelMs, isTrial: this.#isTrial }));
  }
}

/** Returns the value of a complete request. Throws if it was cut short, because partial figures mean nothing. */
function uncut<Op extends "measure" | "greedy">({ outcome, value }: RequestOutcome<Op>): EngineRequests[Op]["result"] {
  if (outcome === "cancelled" || value === null) throw new TuneCut();
  return value;
}

/** Threads can change between two batches; everything else needs a load. */
function loadKey({ threads: _threads, ...loaded }: SettingsInUse): string {
  return JSON.stringify(Object.entries(loaded).toSorted(([one], [other]) => one.localeCompare(other)));
}

const settingsKey = (settings: SettingsInUse): string => `${settings.threads} ${loadKey(settings)}`;

const visitKey = (settings: SettingsInUse, tests: VisitTests): string =>
  `${settingsKey(settings)} ${JSON.stringify(tests)}`;
