import { cpus } from "node:os";
import type { EngineOperation, EngineRequests } from "../../contract/engineProtocol.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { LoadedFacts, Model } from "../../contract/models.ts";
import type { SettingsInUse, TuneProgress } from "../../contract/tune.ts";
import { judgeNoise } from "../benchmark/judgeNoise.ts";
import { type LoadClocks, LoadWatch } from "../benchmark/LoadWatch.ts";
import { SleepWatch } from "../benchmark/SleepWatch.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import type { HardwareOwner } from "../hardware/createHardware.ts";
import type { LoadedModelOwner } from "../models/loadedModel.ts";
import { GreedyCheck } from "./GreedyCheck.ts";
import { type KnownSpeeds, measureTests, secondsOfVisit, usualTests, type VisitTests } from "./visitTests.ts";

export interface TrialBenchParts {
  engine: {
    readonly generation: number;
    request<Op extends EngineOperation>(
      operation: Op,
      params: EngineRequests[Op]["params"],
      options?: RequestOptions<Op>,
    ): Promise<RequestOutcome<Op>>;
  };
  loadedModel: Pick<LoadedModelOwner, "get">;
  hardware: Pick<HardwareOwner, "throttleCount">;
  /** For tests: seconds that pass when told to. */
  now?: () => number;
  loadClocks?: LoadClocks;
}

export interface TrialBenchJob {
  model: Model;
  ensureLoaded: LoadedModelOwner["ensureLoaded"];
  profile: MachineProfile;
  signal: AbortSignal;
  secondsLeft: () => number;
  tell: (now: Pick<TuneProgress, "step" | "noise">) => void;
}

/** One go at measuring the model with some settings. */
export interface Visit {
  /** Tokens per second of each timed run. */
  reading: number[];
  writing: number[];
  /** What disturbed it, as a sentence; null: nothing. */
  noise: string | null;
}

/** A busy machine may be quiet again soon. */
const mostTries = 3;
/** Visits that must still fit into the time, or a disturbed one is not repeated. */
const visitsOfTrial = 4;

const shortTests: VisitTests = { promptTokens: 8, generatedTokens: 1, depth: 0, runs: 1 };
const longerTests: VisitTests = { promptTokens: 128, generatedTokens: 16, depth: 0, runs: 1 };
const shortestProbeSeconds = 0.2;
/** Of drawing the likeliest tokens; a difference in the last digits shows within the first ones or rarely at all. */
const drawSeconds = 1.5;

/** A device that needs longer than this to come to the end of a step is given up with its engine: the time is over. */
const cancelMs = 2000;

/** Thrown where the time or a stop ended the work; what was done by then counts. */
export class TuneCut extends Error {}

/** Loads and measures one model with whatever settings, knows what is loaded, and how long each thing takes. */
export class TrialBench {
  readonly #parts: TrialBenchParts;
  readonly #job: TrialBenchJob;
  readonly #now: () => number;
  readonly #visitSeconds = new Map<string, number>();
  readonly #greedy: GreedyCheck;
  /** With another engine process, what the one before it held is gone. */
  #loaded: { key: string; generation: number } | null = null;
  #facts: LoadedFacts | null = null;
  #loadSeconds = 0;
  #speeds: KnownSpeeds = { readTokensPerSecond: 1, writtenTokensPerSecond: 1 };

  constructor(parts: TrialBenchParts, job: TrialBenchJob) {
    this.#parts = parts;
    this.#job = job;
    this.#now = parts.now ?? (() => performance.now() / 1000);
    this.#greedy = new GreedyCheck((params) => this.#request("greedy", params));
  }

  /** Loads the model as a reply would and answers what took effect. Not a trial: it is what people use. */
  async loadAsInUse(): Promise<{ settings: SettingsInUse; facts: LoadedFacts }> {
    const facts = await this.#load({});
    const { threads, gpuLayers, batchSize, memoryMapped, kvCacheType } = facts;
    // Where llama.cpp did not say, it uses it: that is its own default wherever it can.
    const settings = {
      threads,
      gpuLayers,
      batchSize,
      memoryMapped,
      kvCacheType,
      flashAttention: facts.flashAttention ?? true,
    };
    this.#keepLoaded(loadKey(settings));
    return { settings, facts };
  }

  /** Learns the speeds from a first short measurement, and where that was too short to tell, from a longer one. */
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

  /** Tests of a size that suits the speed of what was measured last, and the time left. */
  sizedTests(): VisitTests {
    return usualTests(this.#speeds, this.#contextSize, this.#job.secondsLeft());
  }

  get #contextSize(): number {
    return this.#facts?.contextSize ?? 0;
  }

  /** Measures, loading first where these settings need it. Repeated while other programs disturb it and time is left. */
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
      this.#job.tell({ step: "measuring", noise: visit.noise });
    }
  }

  /** The likeliest tokens after a fixed prompt of at least so many tokens; as many as can be drawn in 1.5 s. */
  async greedy(settings: SettingsInUse, leastPromptTokens: number, count = this.#drawnTokens): Promise<number[]> {
    await this.load(settings);
    this.#job.tell({ step: "comparing", noise: null });
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
    if (this.#loaded?.key === key && this.#loaded.generation === this.#parts.engine.generation) return;
    this.#loaded = null;
    await this.#load({ contextSize: this.#contextSize, settings, isTrial: true });
    this.#keepLoaded(key);
  }

  #keepLoaded(key: string): void {
    this.#loaded = { key, generation: this.#parts.engine.generation };
  }

  /** After a failure nobody knows what is loaded. */
  forgetLoaded(): void {
    this.#loaded = null;
  }

  /** Of a visit, its load aside. */
  secondsOfVisit(settings: SettingsInUse, tests: VisitTests): number {
    return this.#visitSeconds.get(visitKey(settings, tests)) ?? secondsOfVisit(tests, this.#speeds);
  }

  /** Of changing from one to the other; 0 where nothing has to be loaded. */
  secondsOfLoad(from: SettingsInUse, to: SettingsInUse): number {
    return loadKey(from) === loadKey(to) ? 0 : this.#loadSeconds;
  }

  secondsOfGreedy(leastPromptTokens: number): number {
    const { readTokensPerSecond, writtenTokensPerSecond } = this.#speeds;
    const reading = this.#greedy.promptTokens(leastPromptTokens) / readTokensPerSecond;
    const oneToken = 1 / writtenTokensPerSecond;
    // Where threads wait for each other, the question's tokens together take as long as one.
    const waits = leastPromptTokens === 0 && oneToken > 1;
    return (waits ? oneToken : reading) + this.#drawnTokens * oneToken;
  }

  async #load(options: Parameters<LoadedModelOwner["ensureLoaded"]>[1]): Promise<LoadedFacts> {
    const { model, ensureLoaded, signal, tell } = this.#job;
    tell({ step: "loading", noise: null });
    const startedAt = this.#now();
    const isLoaded = await ensureLoaded(model, { ...options, signal });
    this.#loadSeconds = Math.max(this.#loadSeconds, this.#now() - startedAt);
    const loaded = this.#parts.loadedModel.get();
    if (!isLoaded || loaded.state !== "ready") throw new TuneCut();
    this.#facts ??= loaded.facts;
    this.#loadSeconds = Math.max(this.#loadSeconds, loaded.facts.loadMs / 1000);
    return loaded.facts;
  }

  async #measure(settings: SettingsInUse, tests: VisitTests): Promise<Visit> {
    const { hardware, loadClocks } = this.#parts;
    const { profile } = this.#job;
    this.#job.tell({ step: "measuring", noise: null });
    const watch = new LoadWatch(loadClocks);
    const sleep = new SleepWatch();
    const throttledBefore = await hardware.throttleCount();
    const measured = await this.#request(
      "measure",
      {
        tests: measureTests(tests),
        repeats: tests.runs,
        seed: 1,
        firstTokenPromptTokens: null,
        threads: settings.threads,
      },
      (event) => watch.measured(event),
    ).finally(() => sleep.stop());
    const throttled = (await hardware.throttleCount()) !== throttledBefore;
    const [reading = [], writing = []] = measured.tests.map(({ samples }) => samples);
    // The spread is judged where settings are compared: too many threads, for one, make for a wide one.
    const { reasons } = judgeNoise({
      cores: cpus().length,
      tests: [
        { label: "reading", samples: [], runSeconds: 0, load: watch.during("0") },
        { label: "writing", samples: [], runSeconds: 0, load: watch.during("1") },
      ],
      all: watch.inAll(),
      throttled,
      powerBefore: profile.power,
      powerAfter: profile.power,
    });
    const disturbing = reasons.map(({ message }) => message);
    if (sleep.take()) disturbing.push("The machine slept meanwhile.");
    return { reading, writing, noise: disturbing[0] ?? null };
  }

  #learn(reading: readonly number[], writing: readonly number[]): void {
    const { readTokensPerSecond, writtenTokensPerSecond } = this.#speeds;
    this.#speeds = {
      readTokensPerSecond: reading.at(-1) ?? readTokensPerSecond,
      writtenTokensPerSecond: writing.at(-1) ?? writtenTokensPerSecond,
    };
  }

  async #request<Op extends "measure" | "greedy">(
    operation: Op,
    params: EngineRequests[Op]["params"],
    onEvent?: (event: EngineRequests[Op]["event"]) => void,
  ): Promise<EngineRequests[Op]["result"]> {
    const { signal } = this.#job;
    const { outcome, value } = await this.#parts.engine.request(operation, params, {
      signal,
      cancelMs,
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    if (outcome === "cancelled" || value === null) throw new TuneCut();
    return value;
  }
}

/** Threads change from one batch to the next; all else needs a load. */
function loadKey({ threads: _threads, ...loaded }: SettingsInUse): string {
  return JSON.stringify(Object.entries(loaded).toSorted(([one], [other]) => one.localeCompare(other)));
}

const visitKey = (settings: SettingsInUse, tests: VisitTests): string =>
  `${settings.threads} ${loadKey(settings)} ${JSON.stringify(tests)}`;
