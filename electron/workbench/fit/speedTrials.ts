import { cpus } from "node:os";
import type { EngineInfo } from "../../contract/engine.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { SpeedTrials, TrialStep } from "../../contract/fit.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import { abortable } from "../abortable.ts";
import { defaultThreads } from "../hardware/defaultThreads.ts";
import { noisyCores } from "../hardware/otherLoad.ts";
import { median } from "../median.ts";
import { isCrash } from "../engines/modelUse.ts";
import type { Engines } from "../engines/openEngines.ts";
import { measureTrials, type TrialsPlan } from "./measureTrials.ts";
import { deviceCosts } from "./deviceCosts.ts";
import type { TrialOutcome } from "./solveCosts.ts";
import { typicalCosts } from "./typicalCosts.ts";
import type { KeptTrials, TrialsStore } from "./trialsStore.ts";

export interface SpeedTrialsOptions {
  engines: Pick<Engines, "state" | "changed" | "start" | "isBusy" | "inBackground">;
  /** Opens a separate engine process for the trials, so that the loaded model stays. */
  openEngine: () => TrialsPlan["engine"] & Pick<EngineClient, "close">;
  /** Resolves with the number of physical cores that the engine may use, determined anew each time. */
  cores: () => Promise<number>;
  store: TrialsStore;
  /** Folder for the temporary small models. */
  folder: string;
  lastLevelCacheBytes: () => Promise<number | null>;
  onChange: (trials: SpeedTrials) => void;
  /** For tests: trials that take no time, and a shorter time limit. */
  trialsOf?: typeof measureTrials;
  limitMs?: number;
}

export interface KnownTrials {
  kept: KeptTrials;
  info: EngineInfo;
  /** Number of threads that a model would get now unless the user chose one. The trials may have used others. */
  threads: number;
}

/** Owns what is known about this machine's speed, and the trials that measure it. */
export interface SpeedTrialsOwner {
  state(): Promise<SpeedTrials>;
  /** See `fit.measure`. While trials run, all callers wait for the same ones. */
  measure(again: boolean): Promise<SpeedTrials>;
  cancel(): void;
  /** Cancels the trials and waits until the engine and the file are removed. */
  close(): Promise<void>;
  /**
   * Resolves with the trials of the device that the engine would use for a reply, or null if not measured. With `now`,
   * also null while the engine is not ready.
   */
  known(when: "now" | "engine-ready"): Promise<KnownTrials | null>;
}

/** Time limit for all trials, from the request on. Terminating a hung engine can take one or two seconds more. */
const limitMs = 50_000;
/** Share of the time left for the graphics card: it is fast, and the other layers may run on the CPU. */
const gpuShare = 0.4;
/** Drivers, firmware and dust change a machine's speed in about half a year. */
const staleMs = 180 * 86_400_000;
const tickMs = 1000;
/** A reply waits for the trials' engine for at most half a second, whatever it is doing. */
const closeMs = 300;

interface Running {
  done: Promise<SpeedTrials>;
  cancelling: AbortController;
  endsAt: number;
  now: Pick<Extract<SpeedTrials, { state: "measuring" }>, "step" | "device">;
}

export function createSpeedTrials(options: SpeedTrialsOptions): SpeedTrialsOwner {
  const { engines, openEngine, cores, store, folder, lastLevelCacheBytes, onChange } = options;
  const limit = options.limitMs ?? limitMs;
  let running: Running | null = null;
  /** Whether the result for the current engine was already emitted. */
  let toldReady = false;

  const threadsOf = async (info: EngineInfo): Promise<number> => defaultThreads(await cores(), info);

  async function known(when: "now" | "engine-ready"): Promise<KnownTrials | null> {
    const { state } = engines;
    const isReady = state.state === "ready" || state.state === "busy";
    if (when === "now" && !isReady) return null;
    const info = isReady ? state.info : await engines.start();
    const threads = await threadsOf(info);
    const kept = await store.get(machineOf(info), threads);
    return kept === null ? null : { kept, info, threads };
  }

  /** Resolves with what is known, or with the progress while trials run. */
  async function current(): Promise<SpeedTrials> {
    const found = running === null ? await known("now").catch(() => null) : null;
    // Trials may have started meanwhile, and the old result must not be taken for theirs.
    if (running !== null) return progress(running);
    if (found === null) return { state: "none" };
    const { measuredAt, noisy, cpu, gpu } = found.kept;
    const stale = !isSound(found) || Date.now() - measuredAt > staleMs;
    return { state: "ready", measuredAt, noisy, estimated: (gpu ?? cpu).estimated > 0, stale };
  }

  function progress({ endsAt, now }: Running): SpeedTrials {
    const leftMs = Math.max(0, endsAt - performance.now());
    return { state: "measuring", ...now, fraction: 1 - leftMs / limit, secondsLeft: Math.ceil(leftMs / 1000) };
  }

  function emit(step: TrialStep, device: Running["now"]["device"]): void {
    if (running === null) return;
    running.now = { step, device };
    onChange(progress(running));
  }

  async function run(signal: AbortSignal, endsAt: number): Promise<void> {
    const info = await abortable(engines.start(), signal);
    const threads = await threadsOf(info);
    const hasGpu = info.backend !== "cpu";
    const measured = async (onGpu: boolean, share: number): Promise<TrialOutcome[] | null> => {
      // A device that was too slow must not use up the other device's time.
      const trials = openEngine();
      const end = (): void => void trials.close(closeMs);
      signal.addEventListener("abort", end, { once: true });
      const device = onGpu ? "gpu" : hasGpu ? "cpu" : null;
      try {
        return await (options.trialsOf ?? measureTrials)({
          engine: trials,
          folder,
          threads,
          onGpu,
          lastLevelCacheBytes: await lastLevelCacheBytes().catch(() => null),
          limitMs: (endsAt - performance.now()) * share,
          signal,
          onTrial: (step) => emit(step, device),
        });
      } catch (error) {
        // If the graphics card fails, the CPU is still measured.
        if (onGpu && isCrash(toProblem(error)) && !signal.aborted) return [];
        throw error;
      } finally {
        signal.removeEventListener("abort", end);
        await trials.close(closeMs);
      }
    };
    const onGpu = hasGpu ? await measured(true, gpuShare) : [];
    const onCpu = onGpu === null ? null : await measured(false, 1);
    if (onGpu === null || onCpu === null) return;
    const cpu = deviceCosts(onCpu, threads, typicalCosts(threads));
    const isNoisy = (outcomes: TrialOutcome[]): boolean => {
      const loads = outcomes.map(({ otherCores }) => otherCores);
      return loads.length > 0 && median(loads) > noisyCores;
    };
    await store.keep({
      machine: machineOf(info),
      threads,
      measuredAt: Date.now(),
      noisy: isNoisy(onCpu) || isNoisy(onGpu),
      cpu,
      gpu: hasGpu ? deviceCosts(onGpu, threads, cpu) : null,
    });
  }

  async function measure(again: boolean): Promise<SpeedTrials> {
    const before = again || running !== null ? null : await known("engine-ready");
    // Stored figures of another thread count, or ones measured under load, are better than none but worth a new
    // measurement.
    if (before !== null && isSound(before)) return await current();
    if (running !== null) return await running.done;
    if (engines.isBusy) throw new WorkbenchError("engine-busy");
    const cancelling = new AbortController();
    let begun = false;
    const endsAt = performance.now() + limit;
    const ticking = setInterval(() => running && onChange(progress(running)), tickMs);
    const done = engines
      .inBackground(cancelling.signal, (signal) => {
        begun = true;
        return run(signal, endsAt);
      })
      .catch((error: unknown) => {
        if (!begun || toProblem(error).code !== "engine-busy") throw error;
        throw new WorkbenchError("engine-busy", { case: "replyBegan" });
      })
      .finally(() => {
        clearInterval(ticking);
        running = null;
      })
      .then(() => current());
    running = { done, cancelling, endsAt, now: { step: { code: "engine" }, device: null } };
    onChange(progress(running));
    try {
      return await done;
    } finally {
      onChange(await current());
    }
  }

  engines.changed.on(({ state }) => {
    if (state === "stopped" || state === "crashed") toldReady = false;
    if (state !== "ready" || toldReady) return;
    toldReady = true;
    void current().then(onChange);
  });

  return {
    state: current,
    measure,
    cancel: () => running?.cancelling.abort(),
    async close() {
      running?.cancelling.abort();
      await running?.done.catch(() => undefined);
    },
    known,
  };
}

const isSound = ({ kept, threads }: KnownTrials): boolean =>
  !kept.noisy && kept.threads === threads && (kept.gpu ?? kept.cpu).estimated === 0;

/** If any of these changes, the costs change. */
function machineOf({ libraryVersion, llamaRelease, backend, cpuFeatures }: EngineInfo): string {
  const all = cpus();
  const features = cpuFeatures.join(" ");
  return `${all[0]?.model.trim() ?? "?"} × ${all.length}; ${features}; ${libraryVersion}, ${llamaRelease}, ${backend}`;
}
