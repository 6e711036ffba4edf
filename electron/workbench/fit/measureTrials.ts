import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { EngineOperation, EngineRequests } from "../../contract/engineProtocol.ts";
import { LoadWatch } from "../benchmark/LoadWatch.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import { otherLoadCores } from "../hardware/otherLoad.ts";
import type { TrialOutcome } from "./solveCosts.ts";
import { trialModel } from "./trialModel.ts";
import {
  attentionTrial,
  generateTrial,
  overheadTrial,
  readTrial,
  tokenTrial,
  trialTypes,
  vocabularyTrial,
} from "./trials.ts";
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
  /** No trial lasts beyond this; only those that every prediction needs are made whatever they take. */
  limitMs: number;
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
}

const leftOverMs = 10 * 60_000;
const fewestTypes = 1;
/** The system counts a core's time in hundredths of a second. */
const watchMs = 150;
const smallestBytes = 96e6;
const largestBytes = 384e6;

/** Measures small models one after the other. Null: cancelled. Rejects with the engine's or the disk's problem. */
export async function measureTrials(plan: TrialsPlan): Promise<TrialOutcome[] | null> {
  const weightBytes = Math.min(Math.max(smallestBytes, (plan.lastLevelCacheBytes ?? 0) * 4), largestBytes);
  const general = [vocabularyTrial, overheadTrial, tokenTrial, attentionTrial];
  const trials = [...general, ...trialTypes.flatMap((name) => [generateTrial(name, weightBytes), readTrial(name)])];
  const needed = general.length + 2 * fewestTypes;
  await removeLeftOvers(plan.folder);
  const startedAt = performance.now();
  const outcomes: TrialOutcome[] = [];
  for (const [index, trial] of trials.entries()) {
    const elapsed = performance.now() - startedAt;
    const leftMs = plan.limitMs - elapsed;
    if (index >= needed && leftMs < elapsed / index) break;
    // A trial that takes longer than those before it is cut short and left out.
    const signal = index >= needed ? endingWithin(plan.signal, leftMs) : plan.signal;
    const outcome = await measureTrial({ ...plan, signal }, trial);
    if (plan.signal.aborted) return null;
    if (outcome === null) break;
    outcomes.push(outcome);
    const done = (index + 1) / trials.length;
    plan.onProgress(Math.min(1, Math.max(done, (performance.now() - startedAt) / plan.limitMs)));
  }
  return outcomes;
}

/** Aborts with the signal, or once so much time has passed; Node takes whole milliseconds only. */
export const endingWithin = (signal: AbortSignal, milliseconds: number): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)))]);

/** A process that died left its small model behind; one that works writes a new one every few seconds. */
async function removeLeftOvers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^speed-trial-\d+\.gguf$/.test(each))) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written !== null && Date.now() - written.mtimeMs > leftOverMs) await rm(path, { force: true });
  }
}

/** How a model is run unless a person chose something else. */
const asInReplies = { flashAttention: null, kvCacheType: null, memoryMapped: null } as const;

async function measureTrial(plan: TrialsPlan, trial: TrialOutcome["trial"]): Promise<TrialOutcome | null> {
  const { engine, folder, threads, onGpu, signal } = plan;
  const path = join(folder, `speed-trial-${process.pid}.gguf`);
  try {
    await writeGguf(path, trialModel(trial.shape, trial.contextSize), signal);
    const gpuLayers = onGpu ? trial.shape.layers + 1 : 0;
    const { contextSize } = trial;
    const model = { path, family: "other", chatTemplate: null } as const;
    const loaded = await engine.request(
      "load",
      { ...model, ...asInReplies, contextSize, batchSize: 512, threads, gpuLayers },
      { signal },
    );
    if (loaded.outcome === "cancelled") return null;
    const params = { tests: trial.tests, repeats: trial.repeats, seed: 1, firstTokenPromptTokens: 1 };
    const watch = new LoadWatch();
    const measured = await engine.request("measure", params, { signal, onEvent: (event) => watch.measured(event) });
    if (measured.outcome === "cancelled" || !measured.value.complete) return null;
    // Runs that are over too soon do not tell.
    const otherCores = watch.inAll()?.otherCores ?? (await otherLoadCores(watchMs));
    return { trial, otherCores, samples: measured.value.tests.map(({ samples }) => samples) };
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    await engine.request("unload", {}).catch(() => undefined);
    await rm(path, { force: true });
  }
}
