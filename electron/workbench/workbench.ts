import { join } from "node:path";
import type { CallInput, CallResult, Handlers, workbenchCalls } from "../contract/calls.ts";
import type { PromptParams } from "../contract/engineProtocol.ts";
import { WorkbenchError, errorTexts, toProblem } from "../contract/errors.ts";
import type { EventListener } from "../contract/events.ts";
import type { GgufFacts, Model } from "../contract/models.ts";
import type { AppPaths } from "./appPaths.ts";
import { answerCall, type WorkbenchCallName } from "./answerCall.ts";
import { appVersion } from "./appVersion.ts";
import type { LoadClocks } from "./benchmark/LoadWatch.ts";
import { openBenchmark } from "./benchmark/openBenchmark.ts";
import { catalogHandlers } from "./catalog/catalogHandlers.ts";
import { createCatalog } from "./catalog/createCatalog.ts";
import { StoreClient } from "./chats/StoreClient.ts";
import { PlainChats } from "./chats/PlainChats.ts";
import { chatsHandlers } from "./chats/chatsHandlers.ts";
import { checkAgain } from "./downloads/checkAgain.ts";
import { DownloadsClient } from "./downloads/DownloadsClient.ts";
import { downloadsHandlers } from "./downloads/downloadsHandlers.ts";
import { isVerified } from "./downloads/VerifiedFiles.ts";
import { EngineClient } from "./engine/EngineClient.ts";
import { inspectModelFile } from "./engine/inspectModelFile.ts";
import { createModelUse } from "./engines/modelUse.ts";
import { openEngines } from "./engines/openEngines.ts";
import type { WrittenReply } from "./engines/Session.ts";
import { FaultLog } from "./faults/FaultLog.ts";
import { openFit } from "./fit/openFit.ts";
import { speedsOfResults } from "./fit/speedsOfResults.ts";
import { createHardware } from "./hardware/createHardware.ts";
import { hardwareHandlers } from "./hardware/hardwareHandlers.ts";
import { usableCores } from "./hardware/usableCores.ts";
import { Hub } from "./hub/Hub.ts";
import { hubHandlers } from "./hub/hubHandlers.ts";
import type { Secrets } from "./hub/HubToken.ts";
import type { ResolveProxy } from "./hub/proxyAddress.ts";
import { availableMemory } from "./models/availableMemory.ts";
import { createChoicesStore } from "./models/choicesStore.ts";
import { createLibrary } from "./models/library.ts";
import { openModels } from "./models/openModels.ts";
import { mendModes } from "./home/mendModes.ts";
import { Notices } from "./Notices.ts";
import { openRuns } from "./runs/openRuns.ts";
import type { RunListener } from "./runs/Run.ts";
import { type ReplyRequest, writeReply } from "./runs/writeReply.ts";
import { openSettings } from "./settings/settingsStore.ts";
import { settingsHandlers } from "./settings/settingsHandlers.ts";
import { openTune } from "./tune/openTune.ts";

export interface WorkbenchOptions
  extends Pick<
    AppPaths,
    | "builtInModels"
    | "catalogFile"
    | "engine"
    | "storeWorker"
    | "downloadWorker"
    | "hashWorker"
    | "manifest"
    | "memoryReads"
  > {
  /** The one folder for everything the app writes. */
  home: string;
  onEvent?: EventListener;
  /** Where the hub's token may be kept; the desktop offers it. */
  secrets?: Secrets;
  /**
   * Asks the person, outside the page, before the first connection to a hub that only the settings name. Left out, as on
   * the terminal: such a hub is refused.
   */
  confirmHub?: (origin: string) => Promise<boolean>;
  /** The operating system's proxies, as PAC entries; the environment's come first. */
  resolveProxy?: ResolveProxy;
  /** For tests: what downloads leave free on the disk, and their first pause before a retry. */
  downloadTuning?: { reserveBytes?: number; firstRetryMs?: number };
  /** For tests: another machine's processor time, which tells how busy other programs keep it during a tuning. */
  loadClocks?: LoadClocks;
  /** Moves a file to the system's trash. Left out, as on the terminal: no model can be deleted. */
  trash?: (path: string) => Promise<void>;
  /** What the window's page died with. Left out: as the home has it. */
  plainChats?: PlainChats;
  /** Where stacks and the engine's own words go. Left out: a log in the home. */
  faults?: FaultLog;
}

/** Everything the app can do, without a window. */
export interface Workbench {
  /** Parses the input, and answers from the capability. Fails with a WorkbenchError; bad input: `input-invalid`. */
  call<Name extends WorkbenchCallName>(name: Name, input: CallInput<Name>): Promise<CallResult<Name>>;
  /** Follows a run; answers a function that lets go. See `Runs.attach`. */
  attachRun(runId: string, listener: RunListener): () => void;
  /** Writes one reply that no chat keeps. */
  answer(request: ReplyRequest): Promise<WrittenReply>;
  /** Exactly what the model would be fed. Loads the model. */
  prompt(
    modelId: string | null,
    params: PromptParams,
    signal: AbortSignal,
  ): Promise<{ text: string; tokens: number[] }>;
  /** An id or a file path, as a person names a model; calls take ids only. See `Library.named`. */
  namedModel(name: string): Promise<Model>;
  /** Keeps a file that a person chose in the list, where it lies. Fails with the file's problem. */
  linkModel(path: string): Promise<Model>;
  /** What a model file says of itself. Fails with the file's problem. */
  inspect(path: string): Promise<GgufFacts>;
  /** Opens the store and starts the engine before anybody asks. */
  warmUp(): void;
  /** Keeps the text of running replies, marked as interrupted, and ends the engine. Safe after about a second. */
  close(): Promise<void>;
}

/** Opens the workbench on a home folder. Quick: store and engine open behind it, when asked or warmed up. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { home, engine: enginePaths } = options;
  const modelsFolder = join(home, "models");
  const onEvent: EventListener = options.onEvent ?? (() => undefined);
  const faults = options.faults ?? new FaultLog(home);
  const onLog = (level: "warn" | "error", text: string): void => {
    if (level === "error") faults.add(text);
  };
  const notices = new Notices((list) => onEvent("notices.changed", list));
  const settings = await openSettings({ home });
  settings.changed.on((changed) => onEvent("settings.changed", changed));
  if (settings.damagedFile !== null) {
    const message = `${errorTexts["settings-damaged"].what} The damaged file is ${settings.damagedFile}.`;
    notices.add({ code: "settings-damaged", message });
  }
  const store = new StoreClient({
    home,
    workerPath: options.storeWorker,
    onNotice: (problem) => notices.add(problem),
    onChanged: () => onEvent("chats.changed", { chatId: null }),
  });
  const inspect = (path: string): Promise<GgufFacts> => inspectModelFile(enginePaths, path);
  const modelsChanged = (): void => onEvent("models.changed", {});
  const use = createModelUse(home);
  const choices = createChoicesStore(home);
  const library = createLibrary({
    builtInFolder: options.builtInModels,
    home,
    settings,
    use,
    inspect,
    verified: (path) => isVerified(modelsFolder, path),
    onChange: modelsChanged,
  });
  const engines = openEngines({
    openEngine: (onState) => new EngineClient({ ...enginePaths, cacheFolder: home, onState, onLog }),
    library,
    choices,
    settings,
    use,
    checkAgain: (paths, signal) => checkAgain({ modelsFolder, hashWorker: options.hashWorker }, paths, signal),
    onEvent,
  });
  const models = openModels({
    library,
    engines: engines.api,
    choices,
    settings,
    modelsFolder,
    trash: options.trash,
    onChange: modelsChanged,
  });
  const hardware = createHardware({
    home,
    modelsFolder,
    engine: engines.api,
    enginePaths,
    memoryReads: options.memoryReads,
    largestModel: async () => {
      const sound = (await library.list()).filter(({ problems }) => problems.length === 0);
      return sound.toSorted((a, b) => b.sizeBytes - a.sizeBytes)[0]?.source.path ?? null;
    },
    loadedModel: () => engines.api.loaded,
  });
  const benchmark = openBenchmark({
    home,
    modelsFolder,
    hashWorker: options.hashWorker,
    appVersion: await appVersion(options.manifest),
    engines: engines.api,
    library,
    hardware,
    onEvent,
    onDamaged: (problem) => notices.add(problem),
  });
  const tune = openTune({
    home,
    engines: engines.api,
    library,
    choices,
    hardware,
    ...(options.loadClocks === undefined ? {} : { loadClocks: options.loadClocks }),
    onEvent,
  });
  const fit = openFit({
    home,
    engines: engines.api,
    enginePaths,
    catalogFile: options.catalogFile,
    library,
    choices,
    measurements: async (known, info) => speedsOfResults(await benchmark.api.history(null), known, info),
    onEvent,
    onLog,
  });
  const catalog = createCatalog({
    catalogFile: options.catalogFile,
    home,
    models: () => library.list(),
    machine: async () => {
      const { state } = engines.api;
      const usesGpu = (state.state === "ready" || state.state === "busy") && state.info.backend !== "cpu";
      const { totalBytes } = await availableMemory();
      return { memoryBytes: totalBytes, cores: (await usableCores()).logical, hasGpu: usesGpu };
    },
    predictor: () => fit.api.predictor("now"),
  });
  const hub = new Hub({
    endpointSetting: () => settings.get().hubEndpoint,
    secrets: options.secrets ?? null,
    resolveProxy: options.resolveProxy,
    agreement: {
      agreed: () => settings.get().agreedHubOrigins,
      agree: async (origin) => {
        await settings.change({ agreedHubOrigins: [...settings.get().agreedHubOrigins, origin] });
      },
      confirm: options.confirmHub,
    },
  });
  const downloads = new DownloadsClient({
    workerPath: options.downloadWorker,
    modelsFolder,
    bytesPerSecond: () => settings.get().downloadBytesPerSecond,
    hub: () => hub.access(),
    resolveProxy: options.resolveProxy,
    ...options.downloadTuning,
    onChanged: (list) => onEvent("downloads.changed", list),
    onArrived: modelsChanged,
  });
  settings.changed.on(({ downloadBytesPerSecond }) => downloads.limit(downloadBytesPerSecond));
  const reply = { engines: engines.api, library };
  const runs = openRuns({
    ...reply,
    shownError: (error) => faults.shownError(error),
    store,
    onEvent,
    onStoreProblem(problem) {
      if (problem === null) notices.withdraw("disk-full");
      else notices.add(problem);
    },
  });

  const handlers: Handlers<typeof workbenchCalls> = {
    ...chatsHandlers({
      plainChats: options.plainChats ?? new PlainChats(home),
      notices,
      store,
      runs: runs.api,
      defaultThinking: models.api.thinkingOf,
      nameModel: models.api.nameOf,
      onEvent,
    }),
    ...runs.handlers,
    ...engines.handlers,
    ...models.handlers,
    ...catalogHandlers(catalog),
    // Numbers that cannot be kept are asked for again.
    ...hubHandlers({ hub, onListing: (listing) => void catalog.learn(listing).catch(() => undefined) }),
    ...downloadsHandlers(downloads),
    ...hardwareHandlers(hardware),
    ...benchmark.handlers,
    ...tune.handlers,
    ...fit.handlers,
    ...settingsHandlers(settings),
    ...notices.handlers(),
  };

  async function openStore(): Promise<void> {
    try {
      await store.request("openStore", {});
    } catch (error) {
      notices.add(toProblem(error));
    }
  }
  return {
    call: (name, input) => answerCall(handlers, name, input),
    attachRun: (runId, listener) => runs.api.attach(runId, listener),
    answer: (request) => writeReply(reply, request),
    async prompt(modelId, params, signal) {
      const answering = () => library.answering(modelId);
      const prompt = await engines.api.use(answering, "reply", signal, (session) => session.prompt(params));
      if (prompt === null) throw new WorkbenchError("engine-down");
      return prompt;
    },
    namedModel: (name) => library.named(name),
    linkModel: (path) => library.link(path),
    inspect,
    warmUp() {
      void mendModes(home);
      void openStore();
      engines.api.start().catch(() => undefined);
    },
    async close() {
      await runs.close();
      const measured = Promise.all([benchmark.close(), tune.close(), fit.close()]);
      await Promise.all([store.close(), downloads.close(), engines.close(), measured]);
    },
  };
}
