import { rm } from "node:fs/promises";
import type { TrialStep } from "../../contract/fit.ts";
import { LoadWatch } from "../benchmark/LoadWatch.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import { endingWithin } from "../endingWithin.ts";
import { otherLoadCores } from "../hardware/otherLoad.ts";
import { removeTrialFiles, trialFile } from "./removeTrialFiles.ts";
import type { TrialOutcome } from "./solveCosts.ts";
import { trialModel } from "./trialModel.ts";
import {
  attentionTrial,
  generateTrial,
  overheadTrial,
  readTrial,
  tokenTrial,
  trialTypes,
  type SpeedTrial,
  vocabularyTrial,
} from "./trials.ts";
import { writeGguf } from "./writeGguf.ts";

export interface TrialsPlan {
  engine: Pick<EngineClient, "request">;
  /** Folder for the small models while they are measured: one at a time, at most about 300 MB. */
  folder: string;
  threads: number;
  /** Whether all layers run on the GPU, or none. */
  onGpu: boolean;
  lastLevelCacheBytes: number | null;
  /** Time limit, exceeded by about a second at most: what still runs is cut short, however slow the device. */
  limitMs: number;
  signal: AbortSignal;
  /** Called before each trial. */
  onTrial: (step: TrialStep) => void;
}

/** If a device needs longer than this for a step after the end of its time, its engine is terminated. */
const cancelMs = 1000;
const unloadMs = 2000;
const fewestTypes = 1;
/** The rest is for writing files, loads, warm-ups and filling the context. */
const shareOfTimedRuns = 0.5;
/** In milliseconds. The system counts a core's time in hundredths of a second. */
const watchMs = 150;
const smallestBytes = 96e6;
const largestBytes = 384e6;

/**
 * Measures small models one after another, as long as there is time. The last one may have been cut short and then has
 * fewer runs or none. Resolves with null if cancelled. Rejects with the engine's or the disk's problem.
 */
export async function measureTrials(plan: TrialsPlan): Promise<TrialOutcome[] | null> {
  const weightBytes = Math.min(Math.max(smallestBytes, (plan.lastLevelCacheBytes ?? 0) * 4), largestBytes);
  const general = [vocabularyTrial, overheadTrial, tokenTrial, attentionTrial];
  const trials = [...general, ...trialTypes.flatMap((name) => [generateTrial(name, weightBytes), readTrial(name)])];
  const needed = general.length + 2 * fewestTypes;
  await removeTrialFiles(plan.folder);
  const startedAt = performance.now();
  const outcomes: TrialOutcome[] = [];
  for (const [index, trial] of trials.entries()) {
    const elapsed = performance.now() - startedAt;
    const leftMs = plan.limitMs - elapsed;
    if (leftMs <= 0 || (index >= needed && leftMs < elapsed / index)) break;
    plan.onTrial(trial.step);
    // Of the trials that every prediction needs, none may use up the time of the others with its repeats.
    const share = index < needed ? leftMs / (needed - index) : leftMs;
    const testMs = (share * shareOfTimedRuns) / trial.tests.length;
    const time = endingWithin(plan.signal, leftMs);
    const outcome = await measureTrial({ ...plan, signal: time.signal }, trial, testMs).finally(time.clear);
    if (plan.signal.aborted) return null;
    outcomes.push(outcome);
    if (time.signal.aborted) break;
  }
  return outcomes;
}

/** How a model is run unless the user chose something else or memory is short. */
const asInReplies = (onGpu: boolean) =>
  ({ flashAttention: onGpu ? null : false, kvCacheType: null, memoryMapped: null }) as const;

async function measureTrial(plan: TrialsPlan, trial: SpeedTrial, testMs: number): Promise<TrialOutcome> {
  const { engine, folder, threads, onGpu, signal } = plan;
  const path = trialFile(folder);
  const samples: number[][] = trial.tests.map(() => []);
  const watch = new LoadWatch();
  const outcome = async (): Promise<TrialOutcome> => {
    // Runs that are too short do not show the load.
    const otherCores = watch.inAll()?.otherCores ?? (signal.aborted ? 0 : await otherLoadCores(watchMs));
    return { trial, otherCores, samples };
  };
  try {
    await writeGguf(path, trialModel(trial.shape, trial.contextSize), signal);
    const gpuLayers = onGpu ? trial.shape.layers + 1 : 0;
    const { contextSize } = trial;
    const model = { path, family: "other", chatTemplate: null } as const;
    const loaded = await engine.request(
      "load",
      { ...model, ...asInReplies(onGpu), contextSize, batchSize: 512, threads, gpuLayers },
      { signal, cancelMs },
    );
    if (loaded.outcome === "cancelled") return await outcome();
    const params = { tests: trial.tests, repeats: trial.repeats, seed: 1, firstTokenPromptTokens: null, testMs };
    await engine.request("measure", params, {
      signal,
      cancelMs,
      onEvent: (event) => {
        watch.measured(event);
        samples[event.test] = event.samples;
      },
    });
    return await outcome();
  } catch (error) {
    if (signal.aborted) return await outcome();
    throw error;
  } finally {
    // Unloads the model, so that the file can be deleted on Windows, too. After a cut the engine is about to be closed.
    if (!signal.aborted) {
      const unload = { signal: AbortSignal.timeout(unloadMs), cancelMs };
      await engine.request("unload", {}, unload).catch(() => undefined);
    }
    await rm(path, { force: true, maxRetries: 2 }).catch(() => undefined);
  }
}
