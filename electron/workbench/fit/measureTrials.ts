import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { EngineOperation, EngineRequests } from "../../contract/engineProtocol.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import { otherLoadCores } from "../hardware/otherLoad.ts";
import type { TrialOutcome } from "./solveCosts.ts";
import { trialModel } from "./trialModel.ts";
import {
  attentionTrial,
  forGpu,
  overheadTrial,
  trialRepeats,
  trialTypes,
  typeTrial,
  vocabularyTrial,
} from "./trials.ts";
import { typeBits } from "./typeBytes.ts";
import { writeGguf } from "./writeGguf.ts";

export interface TrialsPlan {
  engine: {
    request<Op extends EngineOperation>(
      operation: Op,
      params: EngineRequests[Op]["params"],
      options?: RequestOptions<Op>,
    ): Promise<RequestOutcome<Op>>;
  };
  /** Where each small model lies while it is measured: one at a time, at most about 300 MB. */
  folder: string;
  threads: number;
  /** All layers on the GPU, or none. */
  onGpu: boolean;
  lastLevelCacheBytes: number | null;
  /** No trial begins after this; those that every prediction needs are always made. */
  limitMs: number;
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
}

const fewestTypes = 3;
/** The system counts a core's time in hundredths of a second. */
const watchMs = 150;
const smallestBytes = 96e6;
const largestBytes = 384e6;

/** Measures small models one after the other. Null: cancelled. Rejects with the engine's or the disk's problem. */
export async function measureTrials(plan: TrialsPlan): Promise<TrialOutcome[] | null> {
  const weightBytes = Math.min(Math.max(smallestBytes, (plan.lastLevelCacheBytes ?? 0) * 4), largestBytes);
  const types = trialTypes.map((name) => typeTrial(name, typeBits(name) ?? 8, weightBytes));
  const all = [overheadTrial, vocabularyTrial, attentionTrial, ...types];
  const trials = plan.onGpu ? all.map(forGpu) : all;
  const needed = trials.length - types.length + fewestTypes;
  const startedAt = performance.now();
  const outcomes: TrialOutcome[] = [];
  for (const [index, trial] of trials.entries()) {
    const elapsed = performance.now() - startedAt;
    if (index >= needed && elapsed * (1 + 1 / index) > plan.limitMs) break;
    const outcome = await measureTrial(plan, trial);
    if (outcome === null) return null;
    outcomes.push(outcome);
    const done = (index + 1) / trials.length;
    plan.onProgress(Math.min(1, Math.max(done, (performance.now() - startedAt) / plan.limitMs)));
  }
  return outcomes;
}

async function measureTrial(plan: TrialsPlan, trial: TrialOutcome["trial"]): Promise<TrialOutcome | null> {
  const { engine, folder, threads, onGpu, signal } = plan;
  const path = join(folder, "speed-trial.gguf");
  try {
    const otherCores = await otherLoadCores(watchMs);
    await writeGguf(path, trialModel(trial.shape, trial.contextSize), signal);
    const gpuLayers = onGpu ? trial.shape.layers + 1 : 0;
    const { contextSize } = trial;
    const model = { path, family: "other", chatTemplate: null } as const;
    const loaded = await engine.request(
      "load",
      { ...model, contextSize, batchSize: 512, threads, gpuLayers },
      { signal },
    );
    if (loaded.outcome === "cancelled") return null;
    const params = { tests: trial.tests, repeats: trialRepeats, seed: 1, firstTokenPromptTokens: 1 };
    const measured = await engine.request("measure", params, { signal });
    if (measured.outcome === "cancelled" || !measured.value.complete) return null;
    return { trial, otherCores, samples: measured.value.tests.map(({ samples }) => samples) };
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    await engine.request("unload", {}).catch(() => undefined);
    await rm(path, { force: true });
  }
}
