import type { EngineInfo, EngineState } from "../../contract/engine.ts";
import type { EngineOperation, EngineRequests } from "../../contract/engineProtocol.ts";
import { toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { LoadedModel, Model } from "../../contract/models.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { type AvailableMemory, availableMemory } from "./availableMemory.ts";
import { chooseContext } from "./chooseContext.ts";
import type { Library } from "./library.ts";

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
  library: Pick<Library, "facts">;
  settings: SettingsStore;
  onChange?: (loaded: LoadedModel) => void;
  /** For tests: another machine's memory. */
  measureMemory?: () => Promise<AvailableMemory>;
}

export interface LoadOptions {
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
  /** Null or left out: the settings' context, else the largest that fits. */
  contextSize?: number | null;
}

/** Owns the one loaded model; the diagram is in the contract. */
export interface LoadedModelOwner {
  get(): LoadedModel;
  /** Loads the model unless it is loaded. False: it was cancelled. Rejects with the load's problem. */
  ensureLoaded(model: Model, options?: LoadOptions): Promise<boolean>;
  cancelLoad(): void;
  unload(): Promise<void>;
  /** To be told of each engine state: with the engine, its model is gone. */
  engineChanged(state: EngineState): void;
}

type Ready = Extract<LoadedModel, { state: "ready" }>;

interface Held {
  key: string;
  generation: number;
  ready: Ready;
  /** What unloading it sets free; pages of the model file count as free already. */
  bytes: number;
}

interface Load {
  key: string;
  cancelling: AbortController;
  waiting: number;
  listeners: Set<(fraction: number) => void>;
  done: Promise<boolean>;
}

export function createLoadedModel(options: LoadedModelOptions): LoadedModelOwner {
  const { engine, library, settings, onChange, measureMemory = availableMemory } = options;
  let current: LoadedModel = { state: "none" };
  /** What the engine holds, even while another load is tried or has failed. */
  let held: Held | null = null;
  let load: Load | null = null;

  function enter(next: LoadedModel): void {
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

  function begin(model: Model, key: string, contextSize: number | null): Load {
    const cancelling = new AbortController();
    const listeners = new Set<(fraction: number) => void>();
    const tell = (fraction: number) => {
      enter({ state: "loading", modelId: model.id, name: model.name, fraction });
      for (const listener of listeners) listener(fraction);
    };
    const done = run(model, key, contextSize, cancelling.signal, tell).catch((error: unknown) => {
      enter({ state: "failed", modelId: model.id, name: model.name, problem: toProblem(error) });
      throw error;
    });
    return { key, cancelling, waiting: 0, listeners, done };
  }

  async function run(
    model: Model,
    key: string,
    contextSize: number | null,
    signal: AbortSignal,
    tell: (fraction: number) => void,
  ): Promise<boolean> {
    const [problem] = model.problems;
    if (problem !== undefined) throw toError(problem);
    tell(0);
    const facts = await library.facts(model);
    if (facts.shape === null) throw new WorkbenchError("model-not-chat");
    const info = await engine.start();
    const memory = await measureMemory();
    const onCpu = info.backend === "cpu";
    // What the model before this one holds will be free by then.
    const choice = chooseContext(facts.shape, {
      name: model.name,
      contextLength: facts.contextLength,
      contextSize,
      freeBytes: memory.freeBytes + (stillHeld()?.bytes ?? 0),
      gpuLayers: onCpu ? 0 : facts.shape.layers + 1,
    });
    await release();
    const outcome = await engine.request(
      "load",
      {
        path: model.path,
        family: facts.family,
        chatTemplate: facts.chatTemplate,
        contextSize: choice.contextSize,
        batchSize: choice.batchSize,
        threads: info.threads,
        gpuLayers: onCpu ? 0 : "auto",
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
    const bytes = choice.need.keyValueBytes + choice.need.computeBytes + (onCpu ? facts.shape.repackableBytes : 0);
    held = { key, generation: engine.generation, ready, bytes };
    enter(ready);
    return true;
  }

  return {
    get: () => current,
    async ensureLoaded(model, { signal, onProgress, contextSize = null } = {}) {
      const wanted = contextSize ?? settings.get().contextSize;
      const key = JSON.stringify([model.path, model.sizeBytes, wanted]);
      // Another model's load is let finish: what waits for it still wants it.
      while (load !== null && load.key !== key) await load.done.catch(() => undefined);
      if (signal?.aborted) return false;
      const there = stillHeld();
      if (load === null && there?.key === key) {
        if (current !== there.ready) enter(there.ready);
        return true;
      }
      if (load === null) {
        const begun = begin(model, key, wanted);
        load = begun;
        const over = () => {
          if (load === begun) load = null;
        };
        begun.done.then(over, over);
      }
      return await join(load, signal, onProgress);
    },
    cancelLoad() {
      load?.cancelling.abort();
    },
    async unload() {
      load?.cancelling.abort();
      await load?.done.catch(() => undefined);
      await release();
      enter({ state: "none" });
    },
    engineChanged({ state }) {
      if (state === "ready" || state === "busy" || state === "starting") return;
      held = null;
      if (current.state === "ready") enter({ state: "none" });
    },
  };
}

/** Waits for a load that others may wait for too; it is cancelled once nobody wants it any more. */
async function join(
  load: Load,
  signal: AbortSignal | undefined,
  onProgress?: (fraction: number) => void,
): Promise<boolean> {
  load.waiting++;
  if (onProgress !== undefined) load.listeners.add(onProgress);
  let leave: () => void = () => undefined;
  const left = new Promise<false>((resolve) => {
    leave = () => {
      if (load.waiting === 1) load.cancelling.abort();
      else resolve(false);
    };
    signal?.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([load.done, left]);
  } finally {
    load.waiting--;
    signal?.removeEventListener("abort", leave);
    if (onProgress !== undefined) load.listeners.delete(onProgress);
  }
}
