import { cpus } from "node:os";
import type { EngineInfo, EngineState } from "../../contract/engine.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { SpeedTrials } from "../../contract/fit.ts";
import { defaultThreads } from "../hardware/defaultThreads.ts";
import { noisyCores } from "../hardware/otherLoad.ts";
import { median } from "../median.ts";
import { measureTrials, type TrialsPlan } from "./measureTrials.ts";
import { solveCosts } from "./solveCosts.ts";
import type { KeptTrials, TrialsStore } from "./trialsStore.ts";

export interface SpeedTrialsOptions {
  /** The engine that replies come from: what it is, and whether it is at work. */
  engine: { readonly state: EngineState; start(): Promise<EngineInfo> };
  /** Another process of the engine, for the trials alone: the loaded model stays. */
  openEngine: () => TrialsPlan["engine"] & { close(): Promise<void> };
  /** Physical cores that the engine may use, asked anew each time. */
  cores: () => Promise<number>;
  store: TrialsStore;
  /** Where the small models lie for a moment. */
  folder: string;
  lastLevelCacheBytes: () => Promise<number | null>;
  onChange: (trials: SpeedTrials) => void;
  /** For tests: trials that take no time. */
  trialsOf?: typeof measureTrials;
}

export interface KnownTrials {
  kept: KeptTrials;
  info: EngineInfo;
  /** That a model would get now unless somebody chose a number; the trials may have had others. */
  threads: number;
}

/** Owns what is known of this machine's speed, and the minute in which it is found out. */
export interface SpeedTrialsOwner {
  state(): Promise<SpeedTrials>;
  /** See `fit.measure`. While it runs, everybody who asks waits for the same trials. */
  measure(again: boolean): Promise<SpeedTrials>;
  cancel(): void;
  /** Cancels, and waits until engine and file are gone. */
  close(): Promise<void>;
  /** For what the engine would use for a reply; null: not measured. `now`: also null while the engine is not ready. */
  known(when: "now" | "engine-ready"): Promise<KnownTrials | null>;
  /** To be told of each state of the engine that replies come from. A reply comes before the trials. */
  engineChanged(state: EngineState): void;
}

/** With what the last trial and the engine's start take besides, a minute. */
const limitMs = 50_000;
/** Of the whole time, with a graphics card: it is quick, and the rest of the layers may run on the CPU. */
const gpuShare = 0.4;

export function createSpeedTrials(options: SpeedTrialsOptions): SpeedTrialsOwner {
  const { engine, openEngine, cores, store, folder, lastLevelCacheBytes, onChange, trialsOf = measureTrials } = options;
  let running: { done: Promise<SpeedTrials>; cancelling: AbortController; progress: SpeedTrials } | null = null;
  let interrupted = false;
  /** Whether it was told what is known with the engine as it is. */
  let toldReady = false;

  const threadsOf = async (info: EngineInfo): Promise<number> => defaultThreads(await cores(), info);

  async function known(when: "now" | "engine-ready"): Promise<KnownTrials | null> {
    const { state } = engine;
    const isReady = state.state === "ready" || state.state === "busy";
    if (when === "now" && !isReady) return null;
    const info = isReady ? state.info : await engine.start();
    const threads = await threadsOf(info);
    const kept = await store.get(machineOf(info), threads);
    return kept === null ? null : { kept, info, threads };
  }

  async function settled(): Promise<SpeedTrials> {
    const found = await known("now").catch(() => null);
    if (found === null) return { state: "none" };
    const { measuredAt, noisy } = found.kept;
    return { state: "ready", measuredAt, noisy };
  }

  function tell(fraction: number): void {
    if (running === null) return;
    const secondsLeft = Math.ceil(((1 - fraction) * limitMs) / 1000);
    running.progress = { state: "measuring", fraction, secondsLeft };
    onChange(running.progress);
  }

  async function run(signal: AbortSignal): Promise<void> {
    const info = await engine.start();
    const threads = await threadsOf(info);
    const trials = openEngine();
    try {
      const measured = async (onGpu: boolean, share: number, from: number) => {
        const outcomes = await trialsOf({
          engine: trials,
          folder,
          threads,
          onGpu,
          lastLevelCacheBytes: await lastLevelCacheBytes().catch(() => null),
          limitMs: limitMs * share,
          signal,
          onProgress: (fraction) => tell(from + fraction * share),
        });
        return outcomes === null
          ? null
          : {
              costs: solveCosts(outcomes, threads),
              noisy: median(outcomes.map(({ otherCores }) => otherCores)) > noisyCores,
            };
      };
      const hasGpu = info.backend !== "cpu";
      const gpu = hasGpu ? await measured(true, gpuShare, 0) : null;
      if (hasGpu && gpu === null) return;
      const cpu = await measured(false, hasGpu ? 1 - gpuShare : 1, hasGpu ? gpuShare : 0);
      if (cpu === null) return;
      await store.keep({
        machine: machineOf(info),
        threads,
        measuredAt: Date.now(),
        noisy: cpu.noisy || gpu?.noisy === true,
        cpu: cpu.costs,
        gpu: gpu?.costs ?? null,
      });
    } finally {
      await trials.close();
    }
  }

  async function measure(again: boolean): Promise<SpeedTrials> {
    const before = again ? null : await known("engine-ready");
    // A kept figure of another number of threads, or one taken under load, is better than none, and worth a minute.
    if (before !== null && !before.kept.noisy && before.kept.threads === before.threads) return await settled();
    if (running !== null) return await running.done;
    if (engine.state.state === "busy") throw new WorkbenchError("engine-busy");
    const cancelling = new AbortController();
    interrupted = false;
    const done = run(cancelling.signal).then(async () => {
      running = null;
      if (interrupted) {
        throw new WorkbenchError("engine-busy", "Measuring stopped, because a reply began. Measure again afterwards.");
      }
      return await settled();
    });
    running = { done, cancelling, progress: { state: "none" } };
    tell(0);
    try {
      return await done;
    } finally {
      running = null;
      onChange(await settled());
    }
  }

  return {
    state: async () => running?.progress ?? (await settled()),
    measure,
    cancel: () => running?.cancelling.abort(),
    async close() {
      running?.cancelling.abort();
      await running?.done.catch(() => undefined);
    },
    known,
    engineChanged({ state }) {
      if (state === "stopped" || state === "crashed") toldReady = false;
      if (state === "ready" && !toldReady) {
        toldReady = true;
        void settled().then(onChange);
      }
      if (state !== "busy" || running === null) return;
      interrupted = true;
      running.cancelling.abort();
    },
  };
}

/** With another of these, the costs are others. */
function machineOf({ libraryVersion, llamaRelease, backend, cpuFeatures }: EngineInfo): string {
  const all = cpus();
  const features = cpuFeatures.join(" ");
  return `${all[0]?.model.trim() ?? "?"} × ${all.length}; ${features}; ${libraryVersion}, ${llamaRelease}, ${backend}`;
}
