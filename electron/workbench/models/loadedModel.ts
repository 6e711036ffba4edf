import type { EngineInfo, EngineState } from "../../contract/engine.ts";
import type { EngineOperation, EngineRequests } from "../../contract/engineProtocol.ts";
import { type ErrorCode, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { type LoadState, type LoadSettings, loadSettingsSchema, type Model } from "../../contract/models.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import { defaultThreads } from "../hardware/defaultThreads.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { type AvailableMemory, availableMemory } from "./availableMemory.ts";
import { chooseContext, usualBatch } from "./chooseContext.ts";
import type { ChoicesStore } from "./choicesStore.ts";
import { type Clock, createIdleUnload, systemClock } from "./idleUnload.ts";
import type { Library } from "./library.ts";
import { fingerprint, modelFileAt } from "./modelFiles.ts";
import { isCrash, type ModelUse } from "./modelUse.ts";
import { SharedLoad } from "./SharedLoad.ts";

export interface LoadedModelOptions {
  engine: {
    start(): Promise<EngineInfo>;
    readonly generation: number;
    request<Op extends EngineOperation>(
      operation: Op,
      params: EngineRequests[Op]["params"],
      options?: RequestOptions<Op>,
    ): Promise<RequestOutcome<Op>>;
  };
  library: { facts(model: Model): ReturnType<Library["facts"]> };
  settings: SettingsStore;
  choices: Pick<ChoicesStore, "get">;
  use: Pick<ModelUse, "loadBegins" | "loadEnds" | "crashed">;
  /** Checks a downloaded file again that was touched since. Rejects with `model-changed` or the signal's reason. */
  checkAgain?: (paths: readonly string[], signal: AbortSignal) => Promise<void>;
  onChange?: (loaded: LoadState) => void;
  /** A model was marked for crashing the engine. */
  onMarked?: () => void;
  /** Physical cores that the engine may use, asked anew each time a model is wanted. */
  cores: () => Promise<number>;
  /** For tests: time that passes when told to. */
  clock?: Clock;
  /** For tests: another machine's memory. */
  measureMemory?: () => Promise<AvailableMemory>;
}

export interface LoadOptions {
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
  /** Null or left out: the choice for this model, else the settings' context, else the largest that fits. */
  contextSize?: number | null;
  /** What is left out or null is as for a reply. */
  settings?: Partial<LoadSettings>;
  /** A load that must not fit by a smaller batch than a reply may have: it fails instead. */
  fullBatch?: boolean;
  /** Settings that nobody chose are tried: a failure is neither kept with the model nor shown as its state. */
  isTrial?: boolean;
}

/**
 * Owns the one loaded model. The engine holds one at a time, so a switch frees the one before first, whether both
 * would fit or not; a switch that is cancelled leaves none, and the next message loads what its chat asks for. The diagram is in the contract. */
export interface LoadedModelOwner {
  get(): LoadState;
  /** Loads the model unless it is loaded. False: it was cancelled. Rejects with the load's problem. */
  ensureLoaded(model: Model, options?: LoadOptions): Promise<boolean>;
  cancelLoad(): void;
  unload(): Promise<void>;
  /** To be told of each engine state: with the engine, its model is gone. */
  engineChanged(state: EngineState): void;
  /** To be told of each change of the settings: the time until an unused model leaves may be another. */
  settingsChanged(): void;
  /** While `work` runs, the model is in use: it neither leaves for idleness nor may be deleted. */
  keepInUse<Result>(model: Pick<Model, "id">, work: () => Promise<Result>): Promise<Result>;
  isInUse(model: Pick<Model, "id">): boolean;
  /**
   * While `work` runs, the model changes through the function it is given alone: whatever else would load or unload
   * one fails with `refusal`.
   */
  reserve<Result>(
    refusal: ErrorCode,
    work: (ensureLoaded: LoadedModelOwner["ensureLoaded"]) => Promise<Result>,
  ): Promise<Result>;
  /** From the call of `close` on. */
  isClosing(): boolean;
  /** The engine is about to be ended on purpose: a load that dies of it marks nothing. Waits for its end. */
  close(endEngine: () => Promise<void>): Promise<void>;
}

type Ready = Extract<LoadState, { state: "ready" }>;

type Wishes = LoadSettings & {
  contextSize: number | null;
  largestBatch: number | null;
  /** The number of cores at the time of the load. If it changes, the model is loaded again. */
  cores: number;
};

interface Held {
  key: string;
  generation: number;
  ready: Ready;
  /** What unloading it sets free; pages of the model file count as free already. */
  bytes: number;
}

export function createLoadedModel(options: LoadedModelOptions): LoadedModelOwner {
  const { engine, library, settings, choices, use, onChange, measureMemory = availableMemory } = options;
  let current: LoadState = { state: "none" };
  /** What the engine holds, even while another load is tried or has failed. */
  let held: Held | null = null;
  let load: SharedLoad | null = null;
  let closing = false;
  /** What whoever would change the model is told meanwhile; null: it is free. */
  let refusal: ErrorCode | null = null;
  /** Ids of models that replies work with now. */
  const inUse: string[] = [];
  const idle = createIdleUnload(
    () => settings.get().idleUnloadMinutes,
    () => {
      if (load !== null || inUse.length > 0 || current.state !== "ready") return;
      // What the engine says to it is of no use to anybody: without it the model is gone as well.
      release().catch(() => undefined);
      enter({ state: "none" });
    },
    options.clock ?? systemClock,
  );

  function enter(next: LoadState): void {
    current = next;
    onChange?.(next);
  }

  /** With another engine process, what the one before it held is gone. */
  function stillHeld(): Held | null {
    if (held?.generation !== engine.generation) held = null;
    return held;
  }

  async function release(): Promise<void> {
    if (stillHeld() === null) return;
    held = null;
    await engine.request("unload", {});
  }

  /** Carries out the load; if the engine dies of it, that is kept with the model, even if the app dies too. */
  async function guarded(
    { id, source, builtIn: trusted }: Model,
    isTrial: boolean,
    work: () => Promise<boolean>,
  ): Promise<boolean> {
    if (isTrial) return await work();
    const print = await fingerprint(await modelFileAt(source.path)).catch(() => null);
    if (print === null) return await work();
    const file = { id, source, fingerprint: print };
    await use.loadBegins(file);
    try {
      const loaded = await work();
      await use.loadEnds(file);
      return loaded;
    } catch (error) {
      const problem = toProblem(error);
      if (closing || !isCrash(problem)) await use.loadEnds(file);
      else if (await use.crashed(file, problem, trusted)) options.onMarked?.();
      throw error;
    }
  }

  function begin(model: Model, key: string, wishes: Wishes, isTrial: boolean): SharedLoad {
    return new SharedLoad(key, async (signal, tell) => {
      try {
        return await run(model, key, wishes, isTrial, signal, (fraction) => {
          enter({ state: "loading", modelId: model.id, name: model.name, fraction });
          tell(fraction);
        });
      } catch (error) {
        if (isTrial) enter({ state: "none" });
        else enter({ state: "failed", modelId: model.id, name: model.name, problem: toProblem(error) });
        throw error;
      }
    });
  }

  async function run(
    model: Model,
    key: string,
    wishes: Wishes,
    isTrial: boolean,
    signal: AbortSignal,
    tell: (fraction: number) => void,
  ): Promise<boolean> {
    const [problem] = model.problems;
    if (problem !== undefined) throw toError(problem);
    tell(0);
    const { paths } = await modelFileAt(model.source.path);
    await options.checkAgain?.(paths, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (signal.aborted) {
      enter({ state: "none" });
      return false;
    }
    const facts = await library.facts(model);
    if (facts.shape === null) throw new WorkbenchError("model-not-chat");
    const info = await engine.start();
    const memory = await measureMemory();
    const onCpu = info.backend === "cpu";
    const allLayers = facts.shape.layers + 1;
    const { contextSize, gpuLayers, batchSize, largestBatch, flashAttention, kvCacheType, memoryMapped } = wishes;
    const threads = wishes.threads ?? defaultThreads(wishes.cores, info, facts.shape.weightsBytes);
    const layersOnGpu = onCpu ? 0 : Math.min(gpuLayers ?? allLayers, allLayers);
    // What the model before this one holds will be free by then.
    const choice = chooseContext(facts.shape, {
      name: model.name,
      contextLength: facts.contextLength,
      contextSize,
      freeBytes: memory.freeBytes + (stillHeld()?.bytes ?? 0),
      gpuLayers: layersOnGpu,
      batchSize,
      largestBatch,
      kvCacheType,
    });
    await release();
    const repackableBytes = onCpu ? facts.shape.repackableBytes : 0;
    return await guarded(model, isTrial, async () => {
      const outcome = await engine.request(
        "load",
        {
          path: model.source.path,
          family: facts.family,
          chatTemplate: facts.chatTemplate,
          contextSize: choice.contextSize,
          batchSize: choice.batchSize,
          threads,
          gpuLayers: onCpu || gpuLayers !== null ? layersOnGpu : "auto",
          flashAttention,
          kvCacheType,
          memoryMapped,
        },
        { signal, onEvent: ({ fraction }) => tell(fraction) },
      );
      if (outcome.outcome === "cancelled") {
        enter({ state: "none" });
        return false;
      }
      const ready: Ready = {
        state: "ready",
        modelId: model.id,
        name: model.name,
        facts: outcome.value,
        need: choice.need,
      };
      const bytes = choice.need.keyValueBytes + choice.need.computeBytes + repackableBytes;
      held = { key, generation: engine.generation, ready, bytes };
      enter(ready);
      idle.used();
      return true;
    });
  }

  async function ensureLoaded(
    model: Model,
    { signal, onProgress, contextSize = null, settings: wished = {}, fullBatch = false, isTrial = false }: LoadOptions,
    refuse: () => void,
  ): Promise<boolean> {
    const chosen = await choices.get(model);
    const given = loadSettingsSchema.parse(wished);
    const wishes: Wishes = {
      contextSize: contextSize ?? chosen.contextSize ?? settings.get().contextSize,
      threads: given.threads ?? chosen.threads,
      cores: await options.cores(),
      batchSize: given.batchSize ?? (fullBatch ? (chosen.batchSize ?? usualBatch) : null),
      largestBatch: chosen.batchSize,
      gpuLayers: given.gpuLayers ?? chosen.gpuLayers,
      flashAttention: given.flashAttention ?? chosen.flashAttention,
      kvCacheType: given.kvCacheType ?? chosen.kvCacheType,
      memoryMapped: given.memoryMapped ?? chosen.memoryMapped,
    };
    const key = JSON.stringify([model.source, model.sizeBytes, wishes]);
    // Another model's load is let finish: what waits for it still wants it.
    while (load !== null && load.key !== key) await load.done.catch(() => undefined);
    if (signal?.aborted) return false;
    refuse();
    const there = stillHeld();
    if (load === null && there?.key === key) {
      if (current !== there.ready) enter(there.ready);
      idle.used();
      return true;
    }
    if (load === null) {
      const begun = begin(model, key, wishes, isTrial);
      load = begun;
      const over = () => {
        if (load === begun) load = null;
      };
      begun.done.then(over, over);
    }
    return await load.join(signal, onProgress);
  }

  function refuseIfReserved(): void {
    if (refusal !== null) throw new WorkbenchError(refusal);
  }

  return {
    get: () => current,
    ensureLoaded: (model, load = {}) => ensureLoaded(model, load, refuseIfReserved),
    cancelLoad() {
      load?.cancel();
    },
    async unload() {
      refuseIfReserved();
      load?.cancel();
      await load?.done.catch(() => undefined);
      await release();
      enter({ state: "none" });
    },
    engineChanged({ state }) {
      if (state === "ready" || state === "busy" || state === "starting") return;
      held = null;
      if (current.state === "ready") enter({ state: "none" });
    },
    settingsChanged: () => idle.limitChanged(),
    async keepInUse({ id }, work) {
      inUse.push(id);
      try {
        return await work();
      } finally {
        inUse.splice(inUse.indexOf(id), 1);
        idle.used();
      }
    },
    isInUse: ({ id }) => inUse.includes(id),
    async reserve(code, work) {
      refusal = code;
      try {
        return await work((model, load = {}) => ensureLoaded(model, load, () => undefined));
      } finally {
        refusal = null;
      }
    },
    isClosing: () => closing,
    async close(endEngine) {
      closing = true;
      await endEngine();
      await load?.done.catch(() => undefined);
    },
  };
}
