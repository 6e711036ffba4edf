import { cpus } from "node:os";
import { areTried } from "../../contract/areTried.ts";
import type { Backend, BackendProbe, EngineInfo } from "../../contract/engine.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { SpeedTrials, TrialStep } from "../../contract/fit.ts";
import { repackedTypes } from "../../contract/repackedTypes.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import { abortable } from "../abortable.ts";
import { defaultThreads } from "../hardware/defaultThreads.ts";
import { noisyCores } from "../hardware/otherLoad.ts";
import { median } from "../median.ts";
import type { Engines } from "../engines/openEngines.ts";
import { isRetryDue } from "./isRetryDue.ts";
import { measureTrials, type TrialsPlan } from "./measureTrials.ts";
import { deviceCosts } from "./deviceCosts.ts";
import type { TrialOutcome } from "./solveCosts.ts";
import { typicalCosts } from "./typicalCosts.ts";
import type { KeptCard, KeptTrials, TrialsStore } from "./trialsStore.ts";

export interface SpeedTrialsOptions {
  engines: Pick<Engines, "state" | "changed" | "start" | "isBusy" | "inBackground">;
  /** Opens an engine process for the trials of one backend, so that the loaded model stays. */
  openEngine: (backend: Backend) => TrialsPlan["engine"] & Pick<EngineClient, "close">;
  /** Resolves with the number of physical cores that the engine may use, determined anew each time. */
  cores: () => Promise<number>;
  store: TrialsStore;
  /** Folder for the temporary small models. */
  folder: string;
  lastLevelCacheBytes: () => Promise<number | null>;
  /** Resolves with what changes when a graphics driver does. */
  driverMark: () => Promise<string>;
  onChange: (trials: SpeedTrials) => void;
  /** For tests: trials that take no time, and a shorter time limit. */
  trialsOf?: typeof measureTrials;
  limitMs?: number;
}

export interface KnownTrials extends Here {
  kept: KeptTrials;
}

/** The machine as it is now. */
export interface Here {
  /** Null if it has not been measured. */
  kept: KeptTrials | null;
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
   * Resolves with the machine's engine and what was measured. With `now`, null while the engine is not ready or the
   * backends are being tried.
   */
  here(when: "now" | "engine-ready"): Promise<Here | null>;
  /** The same, and null if not measured. */
  known(when: "now" | "engine-ready"): Promise<KnownTrials | null>;
}

/** Time limit for all trials, from the request on. Terminating a hung engine can take one or two seconds more. */
const limitMs = 50_000;
/** Share of the time for all graphics cards together: they are fast, and some layers may run on the CPU. */
const cardsShare = 0.4;
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
  const { engines, openEngine, cores, store, folder, lastLevelCacheBytes, driverMark, onChange } = options;
  const limit = options.limitMs ?? limitMs;
  let running: Running | null = null;
  /** Whether the result for the current engine was already emitted. */
  let toldReady = false;

  const machineOf = async (info: EngineInfo): Promise<string> =>
    machineMark(info, cardsOf(info).length === 0 ? "" : await driverMark());
  const threadsOf = async (info: EngineInfo): Promise<number> => defaultThreads(await cores(), info);

  async function here(when: "now" | "engine-ready"): Promise<Here | null> {
    const { state } = engines;
    const ready = "info" in state && areTried(state.info.probes) ? state.info : null;
    if (when === "now" && ready === null) return null;
    const info = ready ?? (await engines.start());
    const threads = await threadsOf(info);
    const kept = await store.get(await machineOf(info), threads);
    return { kept, info, threads };
  }

  async function known(when: "now" | "engine-ready"): Promise<KnownTrials | null> {
    const found = await here(when);
    return found === null || found.kept === null ? null : { ...found, kept: found.kept };
  }

  /** Resolves with what is known, or with the progress while trials run. */
  async function current(): Promise<SpeedTrials> {
    const found = running === null ? await known("now").catch(() => null) : null;
    // Trials may have started meanwhile, and the old result must not be taken for theirs.
    if (running !== null) return progress(running);
    if (found === null) return { state: "none" };
    const { measuredAt, noisy } = found.kept;
    const stale = !isSound(found) || Date.now() - measuredAt > staleMs;
    return { state: "ready", measuredAt, noisy, estimated: isEstimated(found.kept), stale };
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
    const backends = cardsOf(info).map(({ backend }) => backend);
    const measured = async (backend: Backend, limitMs: number): Promise<TrialOutcome[] | null> => {
      // A device that was too slow must not use up the other devices' time.
      const trials = openEngine(backend);
      const end = (): void => void trials.close(closeMs);
      signal.addEventListener("abort", end, { once: true });
      const onGpu = backend !== "cpu";
      const device = onGpu ? "gpu" : backends.length > 0 ? "cpu" : null;
      try {
        return await (options.trialsOf ?? measureTrials)({
          engine: trials,
          folder,
          threads,
          onGpu,
          lastLevelCacheBytes: await lastLevelCacheBytes().catch(() => null),
          limitMs,
          signal,
          onTrial: (step) => emit(step, device),
        });
      } finally {
        signal.removeEventListener("abort", end);
        await trials.close(closeMs);
      }
    };
    const ofCards: { backend: Backend; outcomes: TrialOutcome[]; failure: KeptCard["failure"] }[] = [];
    const cardMs = ((endsAt - performance.now()) * cardsShare) / backends.length;
    for (const backend of backends) {
      try {
        const outcomes = await measured(backend, cardMs);
        if (outcomes === null) return;
        const isLate = outcomes.every(({ samples }) => samples.every((runs) => runs.length === 0));
        ofCards.push({
          backend,
          outcomes,
          failure: isLate ? { code: "late", seconds: Math.round(cardMs / 1000) } : null,
        });
      } catch (error) {
        if (signal.aborted) throw error;
        // Such as a full disk, which says nothing about the card.
        if (isOfFileSystem(error)) throw error;
        // Whatever its driver does, the others are still measured.
        ofCards.push({ backend, outcomes: [], failure: { code: "stopped" } });
      }
    }
    const onCpu = await measured("cpu", endsAt - performance.now());
    if (onCpu === null) return;
    const repacked = Object.keys(repackedTypes(process.arch, info.cpuFeatures.join(" ")));
    const cpu = { ...deviceCosts(onCpu, threads, typicalCosts(threads)), repacked };
    const isNoisy = (outcomes: TrialOutcome[]): boolean => {
      const loads = outcomes.map(({ otherCores }) => otherCores);
      return loads.length > 0 && median(loads) > noisyCores;
    };
    await store.keep({
      machine: await machineOf(info),
      threads,
      measuredAt: Date.now(),
      noisy: isNoisy(onCpu) || ofCards.some(({ outcomes }) => isNoisy(outcomes)),
      cpu,
      cards: ofCards.map(({ backend, outcomes, failure }) => ({
        backend,
        failure,
        costs: failure === null ? deviceCosts(outcomes, threads, cpu) : null,
      })),
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

  engines.changed.on((now) => {
    if (now.state === "stopped" || now.state === "crashed") toldReady = false;
    if (now.state !== "ready" || !areTried(now.info.probes) || toldReady) return;
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
    here,
    known,
  };
}

/** Returns whether no device was fast enough to be measured in time. */
const isEstimated = ({ cpu, cards }: KeptTrials): boolean =>
  cpu.estimated > 0 && !cards.some(({ costs }) => costs?.estimated === 0);

const isSound = ({ kept, threads }: KnownTrials): boolean =>
  !kept.noisy && kept.threads === threads && !isEstimated(kept) && !isRetryDue(kept);

/** Returns whether the small model could not be written, or the engine could not open it. */
const isOfFileSystem = (error: unknown): boolean =>
  error instanceof Error &&
  ("syscall" in error || ["model-file-missing", "model-file-unreadable"].includes(toProblem(error).code));

/** Returns the backends that can be used, apart from the CPU. */
const cardsOf = ({ probes }: Pick<EngineInfo, "probes">): BackendProbe[] =>
  probes.filter(({ backend, usable }) => usable && backend !== "cpu");

/** If any of these changes, the costs change. */
function machineMark({ libraryVersion, llamaRelease, cpuFeatures, probes }: EngineInfo, drivers: string): string {
  const all = cpus();
  const cpu = `${all[0]?.model.trim() ?? "?"} × ${all.length}; ${cpuFeatures.join(" ")}`;
  const cards = cardsOf({ probes }).map(
    ({ backend, devices, memory }) => `${backend}: ${devices.join(", ")}, ${memory?.totalBytes ?? "?"}`,
  );
  return [cpu, `${libraryVersion}, ${llamaRelease}`, ...cards, drivers].filter((part) => part !== "").join("; ");
}
