import type { EngineInfo } from "../../../electron/contract/engine.ts";
import type { GreedyParams, MeasureParams } from "../../../electron/contract/engineProtocol.ts";
import { type ErrorCode, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";
import type { SettingsInUse, TuneRun, TuneState } from "../../../electron/contract/tune.ts";
import type {
  LoadOptions,
  LocalSession,
  LocalState,
  MeasureOptions,
} from "../../../electron/workbench/engines/Session.ts";
import { runTuning, type TuneParts } from "../../../electron/workbench/tune/runTuning.ts";
import { scriptedUse } from "../../support/engine/scriptedUse.ts";
import { nano } from "../renderer/fakeBridge.ts";

export interface MachineScript {
  inUse?: Partial<SettingsInUse>;
  backend?: EngineInfo["backend"];
  /** Tokens per second for reading and writing with some settings, at some depth. */
  speeds: (settings: SettingsInUse, depth: number) => { reading: number; writing: number };
  /** The factor by which the n-th timed run of all is faster: noise. */
  wobble?: (run: number) => number;
  /** The number of cores that other programs keep busy during the n-th measurement. */
  otherCores?: (measurement: number) => number;
  loadSeconds?: number;
  /** The error with which loading, or measuring, fails for some settings; null: none. */
  loadFails?: (settings: SettingsInUse) => ErrorCode | null;
  measureFails?: (settings: SettingsInUse, measurement: number) => ErrorCode | null;
  /** The first of the likeliest tokens. */
  writes?: (settings: SettingsInUse) => number;
  minutes?: number;
  allowLossy?: boolean;
  /** Called with each state, so that a test may stop the tuning there. */
  onState?: (state: TuneState, stop: () => void) => void;
}

const profile = {
  cpu: { model: "P", physicalCores: 2, logicalCores: 2, usableCores: 2, defaultThreads: 2, features: [] },
  power: { source: "mains", batteryPercent: null, mode: null },
} as unknown as MachineProfile;

/** Time, with its timers, that the test advances. */
class HandTime {
  seconds = 0;
  #timers: { at: number; callback: () => void }[] = [];

  readonly clock = {
    now: () => this.seconds * 1000,
    after: (ms: number, callback: () => void) => {
      const timer = { at: this.seconds + ms / 1000, callback };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((one) => one !== timer);
      };
    },
  };

  pass(seconds: number): void {
    this.seconds += seconds;
    for (const timer of this.#timers.filter(({ at }) => at <= this.seconds)) timer.callback();
    this.#timers = this.#timers.filter(({ at }) => at > this.seconds);
  }
}

/** Everything that a tuning needs from other rooms, on a machine with scripted speeds, failures and time. */
export function scriptedMachine(script: MachineScript) {
  const time = new HandTime();
  const inUse: SettingsInUse = {
    threads: 4,
    gpuLayers: 0,
    flashAttention: true,
    batchSize: 512,
    memoryMapped: true,
    largePages: false,
    kvCacheType: "f16",
    ...script.inUse,
  };
  const loads: { options: LoadOptions; at: number }[] = [];
  /** Crashes that count against the model. */
  const marked: ErrorCode[] = [];
  let settings = inUse;
  let state: LocalState | null = null;
  let measurement = 0;
  let run = 0;
  let busyMs = 0;

  const fail = (code: ErrorCode, isTrial: boolean | undefined): never => {
    if (isTrial !== true) marked.push(code);
    throw new WorkbenchError(code);
  };

  const load = async (options: LoadOptions): Promise<LocalState | null> => {
    loads.push({ options, at: time.seconds });
    settings = { ...inUse, ...(options.settings as SettingsInUse | undefined) };
    time.pass(script.loadSeconds ?? 2);
    if (options.signal?.aborted) return null;
    const code = script.loadFails?.(settings) ?? null;
    if (code !== null) fail(code, options.isTrial);
    const facts = {
      ...settings,
      contextSize: 8192,
      layers: 29,
      description: "",
      weightsBytes: 1e9,
      loadMs: 10,
    };
    state = { engine: { backend: script.backend ?? "cpu" } as EngineInfo, facts };
    return state;
  };

  function measure(params: MeasureParams, { onEvent, signal, isTrial }: MeasureOptions<"measure"> = {}) {
    const now = { ...settings, threads: params.threads ?? settings.threads };
    measurement++;
    const code = script.measureFails?.(now, measurement) ?? null;
    if (code !== null) fail(code, isTrial);
    const others = script.otherCores?.(measurement) ?? 0;
    const tests = params.tests.map((test, index) => {
      const speed = script.speeds(now, test.depth);
      const samples: number[] = [];
      for (let repeat = 0; repeat <= params.repeats; repeat++) {
        const faster = repeat === 0 ? 1 : (script.wobble?.(run++) ?? 1);
        const sample = (test.promptTokens > 0 ? speed.reading : speed.writing) * faster;
        const seconds = (test.promptTokens + test.generatedTokens) / sample;
        time.pass(seconds + (repeat === 0 ? test.depth / speed.reading : 0));
        busyMs += others * seconds * 1000;
        if (repeat > 0) samples.push(sample);
        onEvent?.({ test: index, repeat, samples, engineCpuMs: 0 });
      }
      return { name: "", depth: test.depth, samples };
    });
    if (signal?.aborted) return { outcome: "cancelled", value: null };
    return { outcome: "done", value: { tests, complete: true, ttftMs: null, peakResidentBytes: 1 } };
  }

  function greedy(params: GreedyParams, { signal }: MeasureOptions<"greedy"> = {}) {
    const now = { ...settings, threads: params.threads ?? settings.threads };
    const speed = script.speeds(now, 0);
    time.pass(params.tokens === 0 ? 0 : 20 / speed.reading + params.tokens / speed.writing);
    if (signal?.aborted) return { outcome: "cancelled", value: null };
    const tokens = [script.writes?.(now) ?? 7, 8, 9].slice(0, params.tokens);
    return {
      outcome: "done",
      value: { promptTokens: 60 + (params.prompt.messages[0]?.content.length ?? 0) / 4, tokens },
    };
  }

  const session = {
    model: nano,
    get state() {
      return state;
    },
    load,
    measure: async (...asked: Parameters<typeof measure>) => measure(...asked),
    greedy: async (...asked: Parameters<typeof greedy>) => greedy(...asked),
  } as unknown as LocalSession;
  const parts = {
    engines: { use: scriptedUse(session) },
    hardware: { asKnown: () => Promise.resolve(profile), throttleCount: () => Promise.resolve(null) },
    clock: time.clock,
    now: () => time.seconds,
    loadClocks: {
      now: () => time.seconds * 1000,
      machine: () => ({ busyMs, stolenMs: null }),
      ownMs: () => 0,
    },
  } as unknown as TuneParts;

  return { parts, loads, marked, time, inUse };
}

/** Tunes a model on a scripted machine. */
export async function tuned(script: MachineScript) {
  const { parts, loads, marked, time, inUse } = scriptedMachine(script);
  const states: TuneState[] = [];
  const stopping = new AbortController();
  const tuneRun: TuneRun = {
    id: "t",
    modelId: "m",
    modelName: "M",
    minutes: script.minutes ?? 10,
    allowLossy: script.allowLossy ?? false,
    startedAt: 0,
  };
  const ended = await runTuning(parts, {
    run: tuneRun,
    model: nano,
    signal: stopping.signal,
    onState: (state) => {
      states.push(state);
      script.onState?.(state, () => stopping.abort());
    },
  });
  const trials = ended.trials.map(({ setting, outcome }) => `${setting}: ${outcome}`);
  return { ...ended, outcomes: trials, loads, marked, inUse, states, secondsUsed: time.seconds };
}
