import type { Backend, EngineInfo, EngineState } from "../../contract/engine.ts";
import { type ErrorCode, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { FileModel, LoadProgress, LoadState } from "../../contract/models.ts";
import { abortable } from "../abortable.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import type { AvailableMemory } from "../models/availableMemory.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { Library } from "../models/library.ts";
import { exactFingerprint, modelFileAt } from "../models/modelFiles.ts";
import type { CrashMarks } from "./CrashMarks.ts";
import { HeldModel } from "./HeldModel.ts";
import { hasLargePages, type LoadWishes, loadWishes } from "./loadWishes.ts";
import { planLoad } from "./planLoad.ts";
import { stateKey } from "./stateKey.ts";
import type { LoadOptions, LocalState } from "./Session.ts";
import { SharedLoad } from "./SharedLoad.ts";

export interface ModelLoaderOptions {
  engine: Pick<EngineClient, "ready" | "use" | "generation" | "request">;
  library: Pick<Library, "facts">;
  choices: Pick<ChoicesStore, "get">;
  marks: Pick<CrashMarks, "guard">;
  /** Returns the context size in the settings, in tokens. */
  contextSize: () => number | null;
  /** Resolves with the number of physical cores that the engine may use, determined anew for each load. */
  cores: () => Promise<number>;
  /** Resolves with the backend for a model, determined anew each time. Null: the one that the engine uses. */
  backendFor: (model: FileModel) => Promise<Backend | null>;
  measureMemory: () => Promise<AvailableMemory>;
  /**
   * Checks a downloaded file again if it was changed since. Resolves with the SHA-256 of its content, or null if that is
   * unknown. Rejects with `model-changed` or the signal's reason.
   */
  checkAgain: (paths: readonly string[], signal: AbortSignal) => Promise<string | null>;
  onState: (state: LoadState) => void;
  /** Called when a model was loaded or was already loaded. */
  onUsed: () => void;
}

/** See `ModelLoader.ensureLoaded`. */
export type EnsureLoaded = (model: FileModel, options: LoadOptions) => Promise<boolean>;

/**
 * Owns the one loaded model. The engine holds one at a time, so switching unloads the previous one first, whether or
 * not both would fit. A cancelled switch leaves none. The state diagram is in the contract.
 */
export class ModelLoader {
  readonly #options: ModelLoaderOptions;
  readonly #held: HeldModel;
  #state: LoadState = { state: "none" };
  #load: SharedLoad | null = null;
  /** The error for calls that would change the model while it is reserved. Null if it is not. */
  #refusal: ErrorCode | null = null;

  constructor(options: ModelLoaderOptions) {
    this.#options = options;
    this.#held = new HeldModel(options.engine);
  }

  get state(): LoadState {
    return this.#state;
  }

  /** The model that the engine holds. */
  get held(): HeldModel {
    return this.#held;
  }

  /** What is loaded and in which engine. Null if nothing is, or the engine has exited. */
  get local(): LocalState | null {
    return this.#held.current?.state ?? null;
  }

  /**
   * Loads the model unless it is loaded already. Resolves with false if it was cancelled. Rejects with the load's
   * problem.
   */
  async ensureLoaded(model: FileModel, options: LoadOptions = {}): Promise<boolean> {
    return await this.#ensureLoaded(model, options, () => this.#refuseIfReserved());
  }

  cancel(): void {
    this.#load?.cancel();
  }

  async unload(): Promise<void> {
    this.#refuseIfReserved();
    this.#load?.cancel();
    await this.settled();
    await this.#held.release();
    this.#enter({ state: "none" });
  }

  /** Unloads a model that has not been used for long, unless one is being loaded. */
  unloadIdle(): void {
    if (this.#load !== null || this.#state.state !== "ready") return;
    // The result does not matter: if the engine fails, the model is unloaded as well.
    this.#held.release().catch(() => undefined);
    this.#enter({ state: "none" });
  }

  /** Call with each engine state. If the engine exits, its model is lost. */
  engineChanged({ state }: EngineState): void {
    if (state === "ready" || state === "busy" || state === "starting") return;
    this.#held.lose();
    if (this.#state.state === "ready") this.#enter({ state: "none" });
  }

  /**
   * While `work` runs, the model can be changed only through the function passed to it. All other calls that would load
   * or unload a model reject with `refusal`.
   */
  async reserve<Result>(refusal: ErrorCode, work: (ensureLoaded: EnsureLoaded) => Promise<Result>): Promise<Result> {
    this.#refusal = refusal;
    try {
      return await work((model, options) => this.#ensureLoaded(model, options, () => undefined));
    } finally {
      this.#refusal = null;
    }
  }

  /** Resolves once no load is in progress. */
  async settled(): Promise<void> {
    await this.#load?.done.catch(() => undefined);
  }

  async #ensureLoaded(model: FileModel, options: LoadOptions, refuse: () => void): Promise<boolean> {
    const { choices, contextSize, cores, onUsed } = this.#options;
    const wishes = loadWishes(options, await choices.get(model), contextSize(), await cores());
    const key = JSON.stringify([model.source, model.sizeBytes, wishes]);
    // Only a loaded model can be with the wrong backend.
    const wanted = this.#held.current?.key === key ? await this.#backendFor(model) : null;
    // Another model's load is allowed to finish, because something still waits for it.
    while (this.#load !== null && this.#load.key !== key) await this.settled();
    if (options.signal?.aborted) return false;
    refuse();
    const there = this.#held.current;
    const isThere = there?.key === key && (wanted === null || there.state.engine.backend === wanted);
    if (this.#load === null && isThere) {
      if (this.#state !== there.ready) this.#enter(there.ready);
      onUsed();
      return true;
    }
    this.#load ??= this.#begin(model, key, wishes, options.isTrial ?? false);
    return await this.#load.join(options.signal, options.onProgress);
  }

  #begin(model: FileModel, key: string, wishes: LoadWishes, isTrial: boolean): SharedLoad {
    const { id: modelId, name } = model;
    const load = new SharedLoad(key, async (signal, emit) => {
      const onProgress = (progress: LoadProgress): void => {
        this.#enter({ state: "loading", modelId, name, ...progress });
        emit(progress);
      };
      try {
        const loaded = await this.#run(model, key, wishes, isTrial, signal, onProgress);
        if (!loaded) this.#enter({ state: "none" });
        return loaded;
      } catch (error) {
        this.#enter(isTrial ? { state: "none" } : { state: "failed", modelId, name, problem: toProblem(error) });
        throw error;
      }
    });
    const over = (): void => {
      if (this.#load === load) this.#load = null;
    };
    load.done.then(over, over);
    return load;
  }

  async #run(
    model: FileModel,
    key: string,
    wishes: LoadWishes,
    isTrial: boolean,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<boolean> {
    const { engine, library, measureMemory, checkAgain, marks, onUsed } = this.#options;
    const [problem] = model.problems;
    if (problem !== undefined) throw toError(problem);
    onProgress({ fraction: 0 });
    const modelFile = await modelFileAt(model.source.path);
    const checked = await exactFingerprint(modelFile).catch(() => "");
    const hash = await unlessAborted(checkAgain(modelFile.paths, signal), signal);
    if (signal.aborted) return false;
    const facts = await library.facts(model);
    const { shape } = facts;
    if (shape === null) throw new WorkbenchError("model-not-chat");
    // A cancelled load does not wait for the engine to start. The engine continues to start for the next one.
    const info = await unlessAborted(abortable(this.#readyFor(model, wishes), signal), signal);
    if (info === null) return false;
    const { freeBytes } = await measureMemory();
    // The memory of the previous model will be free by then.
    const plan = planLoad(model, { ...facts, shape }, wishes, info, freeBytes + (this.#held.current?.bytes ?? 0));
    await this.#held.release();
    // An engine that could not unload has been replaced.
    const used = await unlessAborted(abortable(engine.ready(), signal), signal);
    if (used === null) return false;
    const fingerprint = await exactFingerprint(modelFile).catch(() => "");
    // The hash is that of the file that was checked.
    const content = fingerprint !== "" && fingerprint === checked ? (hash ?? fingerprint) : fingerprint;
    const load = async (): Promise<boolean> => {
      const { outcome, value } = await engine.request("load", plan.params, {
        signal,
        onEvent: onProgress,
      });
      if (outcome === "cancelled") return false;
      const ready = { state: "ready", modelId: model.id, name: model.name, facts: value, need: plan.need } as const;
      this.#held.set({
        key,
        ready,
        state: { engine: used, facts: value },
        modelFile,
        fingerprint,
        stateKey: stateKey(content, used, value),
        bytes: plan.bytes(value.memoryMapped),
      });
      this.#enter(ready);
      onUsed();
      return true;
    };
    return isTrial ? await load() : await marks.guard(model, load);
  }

  /** Resolves once the engine is ready with the backend and the memory pages for a model. */
  async #readyFor(model: FileModel, wishes: LoadWishes): Promise<EngineInfo> {
    const { engine } = this.#options;
    // Also waits until the backends have been tried, if the model may need another one than the processor.
    const wanted = await this.#backendFor(model);
    const info = await engine.ready();
    const backend = wanted ?? info.backend;
    const largePages = hasLargePages({ ...info, backend }, wishes);
    if (backend === info.backend && largePages === (info.largePages ?? false)) return info;
    // What was read with the previous model is saved first, and a reply that is still running ends.
    await this.#held.release();
    return await engine.use({ backend, largePages });
  }

  async #backendFor(model: FileModel): Promise<Backend | null> {
    return await this.#options.backendFor(model).catch(() => null);
  }

  #refuseIfReserved(): void {
    if (this.#refusal !== null) throw new WorkbenchError(this.#refusal);
  }

  #enter(state: LoadState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

/** Resolves with null if the signal aborted, whatever `work` then rejects with. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
