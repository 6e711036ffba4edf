import type { EngineInfo, EngineState, engineCalls } from "../../contract/engine.ts";
import { type ErrorCode, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { isFile, isRemote } from "../../contract/modelKinds.ts";
import type { FileModel, LoadProgress, LoadState, Model, modelsCalls, RemoteModel } from "../../contract/models.ts";
import type { RunningCapability } from "../Capability.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import { engineCores } from "../hardware/engineCores.ts";
import { availableMemory } from "../models/availableMemory.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { KnownModel } from "../models/keptEntry.ts";
import type { Library } from "../models/library.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { Signal } from "../Signal.ts";
import { withinMs } from "../withinMs.ts";
import { CrashMarks } from "./CrashMarks.ts";
import { ChatStates } from "./ChatStates.ts";
import { EngineSession } from "./EngineSession.ts";
import { type EnginePurpose, EngineTurns, type KeepTurn } from "./EngineTurns.ts";
import { type Clock, createIdleTimer, systemClock } from "../idleTimer.ts";
import type { KeptStates } from "./KeptStates.ts";
import { type EnsureLoaded, ModelLoader, type ModelLoaderOptions } from "./ModelLoader.ts";
import type { ModelUse } from "./modelUse.ts";
import type { LocalSession, Session } from "./Session.ts";

type Engine = Pick<
  EngineClient,
  "state" | "generation" | "warmUp" | "start" | "ready" | "use" | "renew" | "request" | "close"
>;
type MeasuringPurpose = "benchmark" | "tuning";
/**
 * A measurement loads the model itself, with any settings. For all other purposes it is already loaded with its
 * choices.
 */
type SessionFor<Purpose> = Purpose extends MeasuringPurpose ? LocalSession : Session;

/** Opens a session with a model from one kind of source. Resolves with null if its load was cancelled. */
export type OpenSession<M extends Model = Model> = (
  model: M,
  signal: AbortSignal,
  onLoading: (progress: LoadProgress) => void,
) => Promise<Session | null>;

/** How sessions are opened, by the kind of the model's source. */
export interface SessionSources {
  file: OpenSession<FileModel>;
  server: OpenSession<RemoteModel>;
}

/** The only way to use an engine. */
export interface Engines {
  readonly state: EngineState;
  readonly changed: Signal<EngineState>;
  /** Starts the engine before it is needed. */
  warmUp(): void;
  /** Resolves once the engine is ready and the backends have been tried. Rejects with a coded error. */
  start(): Promise<EngineInfo>;
  /**
   * Waits for its turn, loads the model, and keeps it in use while `work` runs. If `model` is a function, it is called
   * when the turn comes. Resolves with null if it was stopped or the load was cancelled. Rejects with the load's
   * problem, with what `work` rejects with, or with `engine-busy` for background work that had to give way.
   *
   * A model on a server that is given as such takes no turn: the engine of this machine has nothing to do with it.
   */
  use<Purpose extends EnginePurpose, Result>(
    model: Model | (() => Promise<Model>),
    purpose: Purpose,
    signal: AbortSignal,
    work: (session: SessionFor<Purpose>, keepTurn: KeepTurn) => Promise<Result>,
    onLoading?: (progress: LoadProgress) => void,
  ): Promise<Result | null>;
  /**
   * The same for background work with an engine of its own, which needs the machine to itself. Rejects with
   * `engine-busy` if the engine is busy, and if the work had to give way.
   */
  inBackground<Result>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result | null>;
  /**
   * The same with this model if it is loaded. Resolves with null, and loads nothing, if it is not. The model can be
   * unloaded meanwhile, which ends the work.
   */
  withLoaded<Result>(
    model: Model,
    signal: AbortSignal,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result | null>;
  /**
   * Waits for its turn and unloads the model. While `work` runs, nothing can be loaded: loads reject with `refusal`.
   * Resolves with null if it was stopped before its turn.
   */
  withoutModel<Result>(refusal: ErrorCode, signal: AbortSignal, work: () => Promise<Result>): Promise<Result | null>;
  /**
   * Waits for its turn, unloads the model, and replaces the engine's process. `between` runs while there is none, and
   * nothing can be loaded meanwhile. Rejects as `EngineClient.renew` does.
   */
  renew(signal: AbortSignal, between: () => Promise<void>): Promise<void>;
  /** Whether anything other than background work uses the engine or waits for it. */
  readonly isBusy: boolean;
  readonly loaded: LoadState;
  /** Loads a model that the user chose, at once. Resolves with false if it was cancelled. */
  load(model: FileModel): Promise<boolean>;
  /** Unloads the model if it is loaded. Rejects with `model-in-use` while it is being used. */
  release(model: Model): Promise<void>;
  /** Clears the mark of a model that crashed the engine, because the user wants to try it again. */
  forgive(model: KnownModel): Promise<void>;
  /** Deletes what is kept of chats. Never rejects. */
  forgetChats(chatIds: readonly string[]): Promise<void>;
  /**
   * Resolves once nothing of a chat is written to the disk any more, and begins to replace the engine's process, which has
   * the last one in its memory. If a measurement is under way, its model has replaced that chat, and the process stays. What
   * is kept on the disk stays. Never rejects.
   */
  forgetAllChats(): Promise<void>;
}

export interface EnginesOptions {
  /** Opens the engine's client. */
  openEngine: (onState: (state: EngineState) => void) => Engine;
  library: Pick<Library, "facts">;
  choices: Pick<ChoicesStore, "get">;
  settings: Pick<SettingsStore, "get" | "changed">;
  use: ModelUse;
  /** Where what was read of chats is kept. */
  kept: KeptStates;
  checkAgain: ModelLoaderOptions["checkAgain"];
  /** Left out: the backend that the engine starts with. */
  backendFor?: ModelLoaderOptions["backendFor"];
  onEvent: EventListener;
  /** Opens a session with a server's model. Left out: there are no servers. */
  openServerSession?: (model: RemoteModel, signal: AbortSignal, marks: CrashMarks) => Promise<Session>;
  /** For tests: other cores, memory, clock and sessions. */
  cores?: () => Promise<number>;
  measureMemory?: ModelLoaderOptions["measureMemory"];
  clock?: Clock;
  sources?: SessionSources;
}

/** The engine is stopped after this time, whether or not the chat in its memory has been saved. */
const saveAtCloseMs = 1000;

const refusals: Record<MeasuringPurpose, ErrorCode> = { benchmark: "benchmark-running", tuning: "tune-running" };
const isMeasuring = (purpose: EnginePurpose): purpose is MeasuringPurpose => purpose in refusals;

type EnginesCalls = typeof engineCalls &
  Pick<typeof modelsCalls, "models.loaded" | "models.cancelLoad" | "models.unload">;

/** Opens the engines: the queue, the loaded model, and the records of crashes. */
export function openEngines(options: EnginesOptions): RunningCapability<EnginesCalls, Engines> {
  const { library, choices, settings, use: records, onEvent } = options;
  const changed = new Signal<EngineState>();
  const engine = options.openEngine((state) => changed.emit(state));
  const turns = new EngineTurns();
  /** Ids of the models that are being used. */
  const inUse: string[] = [];
  let isBeingMeasured = false;
  const modelsChanged = (): void => onEvent("models.changed", {});
  const marks = new CrashMarks({
    use: records,
    onUsed: (used) => onEvent("models.used", used),
    onMarked: modelsChanged,
  });
  const idle = createIdleTimer(
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
    backendFor: options.backendFor ?? (() => Promise.resolve(null)),
    onState: (state) => onEvent("models.loadedChanged", state),
    onUsed: () => idle.used(),
  });
  changed.on((state) => {
    loader.engineChanged(state);
    onEvent("engine.changed", state);
  });
  settings.changed.on(() => idle.limitChanged());

  const { kept } = options;
  void kept.clean();
  const states = new ChatStates({ engine, held: loader.held, kept });
  loader.held.onRelease = (holding) => states.saveBefore(holding);
  settings.changed.on(() => void kept.trim());

  const session = (model: FileModel, signal: AbortSignal, ensureLoaded: EnsureLoaded): LocalSession =>
    new EngineSession(
      { engine, library, choices, marks, ensureLoaded, states, local: () => loader.local },
      model,
      signal,
    );
  const sources: SessionSources = options.sources ?? {
    async file(model, signal, onLoading) {
      const ours = session(model, signal, (...load) => loader.ensureLoaded(...load));
      return (await ours.load({ onProgress: onLoading })) === null ? null : ours;
    },
    async server(model, signal) {
      if (options.openServerSession === undefined) throw new WorkbenchError("server-not-found");
      return await options.openServerSession(model, signal, marks);
    },
  };
  // The compiler does not know that there is no third kind.
  const openSession: OpenSession = (model, ...how) =>
    isFile(model) ? sources.file(model, ...how) : sources.server(model as RemoteModel, ...how);

  async function keepInUse<Result>({ id }: Model, work: () => Promise<Result>): Promise<Result> {
    inUse.push(id);
    try {
      return await work();
    } finally {
      inUse.splice(inUse.indexOf(id), 1);
      idle.used();
    }
  }

  /** Takes a turn. Resolves with null if it was stopped. */
  async function takeTurn<Result>(
    purpose: EnginePurpose,
    signal: AbortSignal,
    work: (signal: AbortSignal, keep: KeepTurn) => Promise<Result>,
  ): Promise<Result | null> {
    try {
      return await turns.take(purpose, signal, work);
    } catch (error) {
      // Stopped while it waited for its turn, or after the engine had already exited.
      if (signal.aborted) return null;
      throw error;
    }
  }

  const isBusy = (): boolean => turns.isTaken || engine.state.state === "busy";

  const use: Engines["use"] = async (wanted, purpose, signal, work, onLoading = () => undefined) => {
    // The purpose determines the kind of session, which TypeScript cannot infer.
    const workWith = work as (session: Session, keepTurn: KeepTurn) => ReturnType<typeof work>;
    if (typeof wanted !== "function" && isRemote(wanted) && !isMeasuring(purpose)) {
      const opened = await sources.server(wanted, signal, onLoading);
      return opened === null ? null : await workWith(opened, () => true);
    }
    return await takeTurn(purpose, signal, async (turn, keep) => {
      const model = typeof wanted === "function" ? await wanted() : wanted;
      return await keepInUse(model, async () => {
        if (isMeasuring(purpose)) {
          if (!isFile(model)) throw new WorkbenchError("server-cannot");
          isBeingMeasured = true;
          try {
            return await loader.reserve(refusals[purpose], (ensureLoaded) =>
              workWith(session(model, turn, ensureLoaded), keep),
            );
          } finally {
            isBeingMeasured = false;
          }
        }
        const opened = await openSession(model, turn, onLoading);
        return opened === null ? null : await workWith(opened, keep);
      });
    });
  };

  const renew: Engines["renew"] = async (signal, between) => {
    await takeTurn("reply", signal, async () => {
      await loader.unload();
      await loader.reserve("component-changing", () => engine.renew(between));
    });
  };

  return {
    api: {
      get state() {
        return engine.state;
      },
      changed,
      warmUp: () => engine.warmUp(),
      start: () => engine.start(),
      use,
      async inBackground(signal, work) {
        if (isBusy()) throw new WorkbenchError("engine-busy");
        return await takeTurn("background", signal, work);
      },
      withLoaded: (model, signal, work) =>
        takeTurn("background", signal, async (turn) => {
          const { state } = loader;
          const isLoaded = state.state === "ready" && state.modelId === model.id && loader.local !== null;
          if (!isLoaded || !isFile(model)) return null;
          return await work(session(model, turn, (...load) => loader.ensureLoaded(...load)));
        }),
      withoutModel: (refusal, signal, work) =>
        takeTurn("reply", signal, async () => {
          await loader.unload();
          return await loader.reserve(refusal, work);
        }),
      renew,
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
        turns.giveWay();
        const { state } = loader;
        if (state.state !== "none" && state.modelId === id) await loader.unload();
      },
      forgive: (model) => marks.forgive(model),
      forgetChats: (chatIds) => states.forget(chatIds),
      async forgetAllChats() {
        await states.drop();
        turns.giveWay();
        if (isBeingMeasured || engine.state.state === "stopped") return;
        void renew(new AbortController().signal, () => Promise.resolve()).catch(() => undefined);
      },
    },
    handlers: {
      "engine.state": () => engine.state,
      "engine.start": async () => {
        // The engine's state reports whether it started.
        await engine.start().catch(() => undefined);
        return engine.state;
      },
      "engine.keptStates": () => kept.use(),
      "engine.deleteKeptStates": async () => {
        await kept.clear();
        return await kept.use();
      },
      "models.loaded": () => loader.state,
      "models.cancelLoad": () => {
        loader.cancel();
        return null;
      },
      "models.unload": async () => {
        // Otherwise they would load it again at once.
        turns.endPrograms(new WorkbenchError("model-unloaded"));
        turns.giveWay();
        await loader.unload();
        return null;
      },
    },
    async close() {
      marks.close();
      await withinMs(states.save(), saveAtCloseMs).catch(() => null);
      await engine.close();
      await loader.settled();
    },
  };
}
