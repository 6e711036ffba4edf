import type { EngineInfo, EngineState, engineCalls } from "../../contract/engine.ts";
import { type ErrorCode, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { LoadState, Model, ModelSource, modelsCalls } from "../../contract/models.ts";
import type { Capability } from "../Capability.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import { engineCores } from "../hardware/engineCores.ts";
import { availableMemory } from "../models/availableMemory.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { KnownModel } from "../models/keptEntry.ts";
import type { Library } from "../models/library.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { Signal } from "../Signal.ts";
import { CrashMarks } from "./CrashMarks.ts";
import { EngineSession } from "./EngineSession.ts";
import { type EnginePurpose, EngineTurns } from "./EngineTurns.ts";
import { type Clock, createIdleUnload, systemClock } from "./idleUnload.ts";
import { type EnsureLoaded, ModelLoader, type ModelLoaderOptions } from "./ModelLoader.ts";
import type { ModelUse } from "./modelUse.ts";
import type { LocalSession, Session } from "./Session.ts";

type Engine = Pick<EngineClient, "state" | "generation" | "start" | "request" | "close">;
type MeasuringPurpose = "benchmark" | "tuning";
/** A measurement loads the model itself, with whatever settings; everything else finds it loaded as its choices say. */
type SessionFor<Purpose> = Purpose extends MeasuringPurpose ? LocalSession : Session;

/** Opens a session with a model of one kind of source. Null: its load was cancelled. */
export type OpenSession = (
  model: Model,
  signal: AbortSignal,
  onLoading: (fraction: number) => void,
) => Promise<Session | null>;

/** The one way to use an engine. */
export interface Engines {
  readonly state: EngineState;
  readonly changed: Signal<EngineState>;
  /** Resolves once the engine is ready. Rejects with a coded error. */
  start(): Promise<EngineInfo>;
  /**
   * Waits for its turn, loads the model, and keeps it in use while `work` runs. A function is asked for the model once
   * it is its turn. Null: it was stopped or the load was cancelled. Rejects with the load's problem, with what `work`
   * rejects with, and for background work that had to give way with `engine-busy`.
   */
  use<Purpose extends EnginePurpose, Result>(
    model: Model | (() => Promise<Model>),
    purpose: Purpose,
    signal: AbortSignal,
    work: (session: SessionFor<Purpose>) => Promise<Result>,
    onLoading?: (fraction: number) => void,
  ): Promise<Result | null>;
  /**
   * The same for background work with an engine of its own: it needs the machine to itself. Rejects with `engine-busy`
   * when the engine is at work, and when it had to give way.
   */
  inBackground<Result>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result | null>;
  /** Whether anything other than background work uses the engine or waits for it. */
  readonly isBusy: boolean;
  readonly loaded: LoadState;
  /** Loads a model that a person chose, at once. False: it was cancelled. */
  load(model: Model): Promise<boolean>;
  /** Takes the model out of memory if it is there. Rejects with `model-in-use` while anybody works with it. */
  release(model: Model): Promise<void>;
  /** A person wants to try a model again that was marked for crashing the engine. */
  forgive(model: KnownModel): Promise<void>;
}

export interface EnginesOptions {
  /** Opens the engine's client. */
  openEngine: (onState: (state: EngineState) => void) => Engine;
  library: Pick<Library, "facts">;
  choices: Pick<ChoicesStore, "get">;
  settings: Pick<SettingsStore, "get" | "changed">;
  use: ModelUse;
  checkAgain: ModelLoaderOptions["checkAgain"];
  onEvent: EventListener;
  /** For tests: another machine's cores and memory, time that passes when told to, other sessions. */
  cores?: () => Promise<number>;
  measureMemory?: ModelLoaderOptions["measureMemory"];
  clock?: Clock;
  sources?: Record<ModelSource["kind"], OpenSession>;
}

const refusals: Record<MeasuringPurpose, ErrorCode> = { benchmark: "benchmark-running", tuning: "tune-running" };
const isMeasuring = (purpose: EnginePurpose): purpose is MeasuringPurpose => purpose in refusals;

type EnginesCalls = typeof engineCalls &
  Pick<typeof modelsCalls, "models.loaded" | "models.cancelLoad" | "models.unload">;

/** Opens the room of the engines: its queue, the loaded model, and what crashes teach. */
export function openEngines(options: EnginesOptions): Capability<EnginesCalls, Engines> {
  const { library, choices, settings, use: records, onEvent } = options;
  const changed = new Signal<EngineState>();
  const engine = options.openEngine((state) => changed.tell(state));
  const turns = new EngineTurns();
  /** Ids of the models that somebody works with now. */
  const inUse: string[] = [];
  const modelsChanged = (): void => onEvent("models.changed", {});
  const marks = new CrashMarks({
    use: records,
    onUsed: (used) => onEvent("models.used", used),
    onMarked: modelsChanged,
  });
  const idle = createIdleUnload(
    () => settings.get().idleUnloadMinutes,
    () => {
      if (inUse.length === 0) loader.unloadIdle();
    },
    options.clock ?? systemClock,
  );
  const loader = new ModelLoader({
    engine,
    library,
    choices,
    marks,
    contextSize: () => settings.get().contextSize,
    cores: options.cores ?? (() => engineCores(engine)),
    measureMemory: options.measureMemory ?? availableMemory,
    checkAgain: options.checkAgain,
    onState: (state) => onEvent("models.loadedChanged", state),
    onUsed: () => idle.used(),
  });
  changed.on((state) => {
    loader.engineChanged(state);
    onEvent("engine.changed", state);
  });
  settings.changed.on(() => idle.limitChanged());

  const session = (model: Model, signal: AbortSignal, ensureLoaded: EnsureLoaded): LocalSession =>
    new EngineSession({ engine, library, choices, marks, ensureLoaded, local: () => loader.local }, model, signal);
  const sources: Record<ModelSource["kind"], OpenSession> = options.sources ?? {
    async file(model, signal, onLoading) {
      const ours = session(model, signal, (...load) => loader.ensureLoaded(...load));
      return (await ours.load({ onProgress: onLoading })) === null ? null : ours;
    },
  };

  async function keepInUse<Result>({ id }: Model, work: () => Promise<Result>): Promise<Result> {
    inUse.push(id);
    try {
      return await work();
    } finally {
      inUse.splice(inUse.indexOf(id), 1);
      idle.used();
    }
  }

  /** Takes a turn. Null: it was stopped. */
  async function takeTurn<Result>(
    purpose: EnginePurpose,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | null> {
    try {
      return await turns.take(purpose, signal, work);
    } catch (error) {
      // Stopped while it waited for its turn, or while the engine was already gone.
      if (signal.aborted) return null;
      throw error;
    }
  }

  const isBusy = (): boolean => turns.isTaken || engine.state.state === "busy";

  const use: Engines["use"] = (wanted, purpose, signal, work, onLoading = () => undefined) =>
    takeTurn(purpose, signal, async (turn) => {
      const model = typeof wanted === "function" ? await wanted() : wanted;
      return await keepInUse(model, async () => {
        // The purpose ties the kind of session; TypeScript cannot follow that.
        const workWith = work as (session: Session) => ReturnType<typeof work>;
        if (isMeasuring(purpose)) {
          return await loader.reserve(refusals[purpose], (ensureLoaded) =>
            workWith(session(model, turn, ensureLoaded)),
          );
        }
        const opened = await sources[model.source.kind](model, turn, onLoading);
        return opened === null ? null : await workWith(opened);
      });
    });

  return {
    api: {
      get state() {
        return engine.state;
      },
      changed,
      start: () => engine.start(),
      use,
      async inBackground(signal, work) {
        if (isBusy()) throw new WorkbenchError("engine-busy");
        return await takeTurn("background", signal, work);
      },
      get isBusy() {
        return isBusy();
      },
      get loaded() {
        return loader.state;
      },
      load(model) {
        turns.giveWay();
        return loader.ensureLoaded(model);
      },
      async release({ id }) {
        if (inUse.includes(id)) throw new WorkbenchError("model-in-use");
        const { state } = loader;
        if (state.state !== "none" && state.modelId === id) await loader.unload();
      },
      forgive: (model) => marks.forgive(model),
    },
    handlers: {
      "engine.state": () => engine.state,
      "engine.start": async () => {
        // Whether it started is the state's to tell.
        await engine.start().catch(() => undefined);
        return engine.state;
      },
      "models.loaded": () => loader.state,
      "models.cancelLoad": () => {
        loader.cancel();
        return null;
      },
      "models.unload": async () => {
        await loader.unload();
        return null;
      },
    },
    async close() {
      marks.close();
      await engine.close();
      await loader.settled();
    },
  };
}
