import { join } from "node:path";
import { aboutTokensOf } from "../contract/aboutTokens.ts";
import type { CallInput, CallResult, Handlers, workbenchCalls } from "../contract/calls.ts";
import type { Download } from "../contract/downloads.ts";
import type { PromptParams } from "../contract/engineProtocol.ts";
import { type Problem, WorkbenchError } from "../contract/errors.ts";
import type { EventListener } from "../contract/events.ts";
import type { MovePlan } from "../contract/folder.ts";
import type { LlamaServerState } from "../contract/llamaServer.ts";
import type { GgufFacts, Model, ModelUsed } from "../contract/models.ts";
import type { Connection } from "../contract/network.ts";
import { answerCall, type WorkbenchCallName } from "./answerCall.ts";
import { appVersion } from "./appVersion.ts";
import { openBackups } from "./backups/openBackups.ts";
import { openBenchmark } from "./benchmark/openBenchmark.ts";
import { CallsUnderWay } from "./CallsUnderWay.ts";
import { catalogNames } from "./catalog/catalogNames.ts";
import { openCatalog } from "./catalog/openCatalog.ts";
import { ChatTitles } from "./chats/ChatTitles.ts";
import { openChatLock } from "./chatLock/openChatLock.ts";
import { openChats } from "./chats/openChats.ts";
import type { ExportRequest, ExportState } from "../contract/exports.ts";
import type { ImportState } from "../contract/imports.ts";
import { StoreClient } from "./chats/StoreClient.ts";
import { checkAgain } from "./downloads/checkAgain.ts";
import { knownDownload } from "./downloads/knownDownload.ts";
import { InstalledComponents } from "./components/InstalledComponents.ts";
import { openComparisons } from "./comparisons/openComparisons.ts";
import { openComponents } from "./components/openComponents.ts";
import { openDisk } from "./disk/openDisk.ts";
import { openDocuments } from "./documents/openDocuments.ts";
import { openDownloads } from "./downloads/openDownloads.ts";
import { EngineClient } from "./engine/EngineClient.ts";
import { inspectModelFile } from "./engine/inspectModelFile.ts";
import { KeptStates } from "./engines/KeptStates.ts";
import { systemClock } from "./idleTimer.ts";
import { createModelUse } from "./engines/modelUse.ts";
import { openEngines } from "./engines/openEngines.ts";
import type { WrittenReply } from "./engines/Session.ts";
import type { ExportWords } from "../contract/exportWords.ts";
import { openExports, type WriteOtherwise } from "./exports/openExports.ts";
import { FaultLog } from "./faults/FaultLog.ts";
import { openFolder } from "./folder/openFolder.ts";
import { openFit } from "./fit/openFit.ts";
import { openHardware } from "./hardware/openHardware.ts";
import { readPower } from "./hardware/readPower.ts";
import { openHub } from "./hub/openHub.ts";
import { openImports } from "./imports/openImports.ts";
import { openLlamaServer, type ServedAccess } from "./llamaServer/openLlamaServer.ts";
import { createChoicesStore } from "./models/choicesStore.ts";
import { expectDiskResponse } from "./models/expectDiskResponse.ts";
import { FileOpener } from "./models/FileOpener.ts";
import { createLibrary } from "./models/library.ts";
import { openModels } from "./models/openModels.ts";
import { mendModes } from "./home/mendModes.ts";
import { expectFileHere } from "./network/expectFileHere.ts";
import { isOfflineByEnvironment } from "./network/isOfflineByEnvironment.ts";
import { openNetwork } from "./network/openNetwork.ts";
import { Notices } from "./Notices.ts";
import { openPresets } from "./presets/openPresets.ts";
import { ReadAhead } from "./runs/ReadAhead.ts";
import { answerProgram, type ProgramRequest } from "./runs/answerProgram.ts";
import { openRuns } from "./runs/openRuns.ts";
import type { RunListener } from "./runs/Run.ts";
import { type ReplyRequest, writeReply } from "./runs/writeReply.ts";
import { openServerBenchmark } from "./serverBenchmark/openServerBenchmark.ts";
import { openServers } from "./servers/openServers.ts";
import { openServerSession } from "./servers/openServerSession.ts";
import { openSettings } from "./settings/openSettings.ts";
import { openTune } from "./tune/openTune.ts";
import { openUpdates } from "./updates/openUpdates.ts";
import { openVotes } from "./votes/openVotes.ts";
import type { FetchedUpdate } from "./updates/Updates.ts";
import { Signal } from "./Signal.ts";
import type { WorkbenchOptions } from "./WorkbenchOptions.ts";

/** Everything the app can do, without a window. */
export interface Workbench {
  /**
   * Parses the input and calls the capability's handler. Rejects with a `WorkbenchError`; for bad input with
   * `input-invalid`.
   */
  call<Name extends WorkbenchCallName>(name: Name, input: CallInput<Name>): Promise<CallResult<Name>>;
  /** Subscribes to a run. Returns a function that unsubscribes. See `Runs.attach`. */
  attachRun(runId: string, listener: RunListener): () => void;
  /** Writes one reply that is not stored in a chat. */
  answer(request: ReplyRequest): Promise<WrittenReply>;
  /** The same for a program, which comes after everybody who uses the app. See `answerProgram`. */
  answerProgram(request: ProgramRequest): Promise<WrittenReply>;
  /** Resolves with exactly what would be fed to the model. Loads the model. */
  prompt(
    modelId: string | null,
    params: PromptParams,
    signal: AbortSignal,
  ): Promise<{ text: string; tokens: number[] }>;
  /**
   * Resolves with the size of a prompt, and of the context that it must fit into, in tokens. Loads a model in a file. For
   * one on a server, to which nothing is sent, the size is estimated; its context is null if that is not known.
   */
  promptSize(
    modelId: string | null,
    params: PromptParams,
    signal: AbortSignal,
  ): Promise<{ tokens: number; contextSize: number | null }>;
  /** Resolves with the model that the user named by id or file path; calls take ids only. See `Library.named`. */
  namedModel(name: string): Promise<Model>;
  /** Adds a file that the user chose to the list, without moving it. Rejects with the file's problem. */
  linkModel(path: string): Promise<Model>;
  /**
   * Begins to read files that were opened with the app. Nothing is added to the list before `models.addOpened` is called.
   */
  openFiles(paths: readonly string[]): void;
  /** Has a llama-server be run that the user chose. Rejects with `llama-server-failed`. */
  chooseLlamaServer(path: string): Promise<LlamaServerState>;
  /** Returns where the llama-server that the app runs answers, and its key. Null while it is not ready. */
  llamaServerAccess(): ServedAccess | null;
  /** Resolves with what moving the models below a folder that the user chose would do. See `FolderMover.plan`. */
  planFolder(chosen: string): Promise<MovePlan>;
  /**
   * Writes chats to a file that the user chose. Resolves with how it ended. `otherwise` writes a PDF. Rejects with
   * `export-running`.
   */
  exportChats(
    request: ExportRequest,
    path: string,
    words: ExportWords,
    otherwise?: WriteOtherwise,
  ): Promise<ExportState>;
  /** Resolves with the number of messages of each chat on the disk that has some, all versions included. */
  messageCounts(): Promise<Readonly<Record<string, number>>>;
  /** The file of the last export that succeeded, or null. */
  exportedPath(): string | null;
  /**
   * Reads a file that the user chose, for a preview. Resolves with it, or with how reading ended. Rejects with
   * `import-running`.
   */
  readImport(path: string): Promise<ImportState>;
  /** Resolves once the import, or what undoes it, has ended. */
  importSettled(): Promise<ImportState>;
  /**
   * Begins to read files that the user chose, for the draft of a chat; null stands for the chat that the next message
   * starts. Rejects with `documents-too-many`.
   */
  attachDocuments(chatId: string | null, paths: readonly string[]): Promise<void>;
  /**
   * Has the documents of a folder that the user chose stay with a folder of chats. Rejects with `chat-folder-not-found`.
   */
  chooseDocumentFolder(folderId: string, path: string): Promise<void>;
  /** Resolves with the facts in a model file's header. Rejects with the file's problem. */
  inspect(path: string): Promise<GgufFacts>;
  /** Call when somebody uses the app, so that its chats are not locked meanwhile. */
  used(): void;
  /** Resolves once the chats are locked, if they were open. */
  lockChats(): Promise<void>;
  /** Returns whether nothing may connect. */
  isOffline(): boolean;
  /** Records that something in the window tried to connect to a host, and was refused. */
  recordRefused(host: string): void;
  /** Records a connection that a program made to this app as a server, or what has changed of it. */
  recordConnection(connection: Connection): void;
  /** Subscribes to Offline being turned on. Returns a function that unsubscribes. */
  onOffline(listener: () => void): () => void;
  /** Resolves with the update that is to be installed now that the app quits, or null. See `Updates.toInstall`. */
  updateToInstall(): Promise<FetchedUpdate | null>;
  /** Tells the user something that none of their calls caused. */
  addNotice(problem: Problem): void;
  /** Opens the store and starts the engine before the first request. */
  warmUp(): void;
  /**
   * Does what was asked for until then, within 3 s, stores the text of running replies, marked as interrupted, and stops
   * the engine.
   */
  close(): Promise<void>;
}

/**
 * Opens the workbench on a home folder. Fast, because the store and engine open later, when first used or warmed up.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { home } = options;
  const installed = new InstalledComponents({ ...options, remembers: true });
  const enginePaths = installed.engine;
  const modelsFolder = join(home, "models");
  /** Emitted when models or results have changed: with a model that was used, or with null for anything else. */
  const dataChanged = new Signal<ModelUsed | null>();
  let isDownloading = false;
  const onEvent: EventListener = (name, data) => {
    if (name === "models.changed" || name === "benchmark.historyChanged") dataChanged.emit(null);
    // The compiler cannot pair a name with its data.
    if (name === "models.used") dataChanged.emit(data as ModelUsed);
    if (name === "downloads.changed") isDownloading = (data as Download[]).some(isUnderWay);
    options.onEvent?.(name, data);
  };
  const faults = options.faults ?? new FaultLog(home);
  const onLog = (level: "warn" | "error", text: string): void => {
    if (level === "error") faults.add(text);
  };
  const notices = new Notices((list) => onEvent("notices.changed", list));
  const settings = await openSettings({ home, notices, onEvent });
  const inspect = (path: string): Promise<GgufFacts> => inspectModelFile(enginePaths, path);
  const modelsChanged = (): void => onEvent("models.changed", {});
  const folder = await openFolder({
    home,
    hashWorker: options.hashWorker,
    reserveBytes: options.downloadTuning?.reserveBytes,
    withoutModel: (signal, work) => engines.api.withoutModel("models-moving", signal, work),
    notices,
    onEvent,
    onLog,
  });
  const use = createModelUse(home);
  const choices = createChoicesStore(home);
  const nameOf = catalogNames(options.catalogFile);
  const library = createLibrary({
    builtInFolder: options.builtInModels,
    home,
    settings: settings.api,
    use,
    inspect,
    download: (path) => knownDownload({ modelsFolder, nameOf }, path),
    remote: () => servers.api.models(),
    onChange: modelsChanged,
  });
  const lock = openChatLock({
    home,
    host: { nodePath: enginePaths.nodePath, entry: options.workerHost },
    lockWorker: options.lockWorker,
    secrets: options.secrets,
    settings: settings.api,
    isApp: options.isApp ?? false,
    confirmErase: options.confirmErase,
    busyWith: () => (runs.api.isWriting ? "replying" : imports.api.isBusy || exported.api.isWriting ? "moving" : null),
    async endWork() {
      await options.saveTyped?.();
      readAhead.close();
      titles.close();
      await Promise.all([chats.api.endSummaries(), runs.api.stopAll(), documents.api.endReading(), imports.api.stop()]);
    },
    async closeStore() {
      await Promise.all([backups.api.stop(), exported.api.stop(), store.stop()]);
      // They may have been asked for while the store was being closed.
      await documents.api.folders.stop();
      await engines.api.forgetAllChats();
      notices.withdrawOfChats();
    },
    forget: () => imports.api.forget(),
    notices,
    onOpened() {
      chats.api.replaced();
      chats.api.warmUp();
      void documents.api.folders.reload();
      void backups.api.warmUp();
      void imports.api.resume();
    },
    clock: options.clock ?? systemClock,
    onEvent,
  });
  const kept = new KeptStates({
    home,
    // What a model has read of encrypted chats would not be encrypted.
    limitBytes: () => (lock.api.isOn ? 0 : (settings.api.get().keptStateBytes ?? 0)),
  });
  const engines = openEngines({
    kept,
    openEngine: (onState) => new EngineClient({ ...enginePaths, cacheFolder: home, onState, onLog }),
    library,
    choices,
    settings: settings.api,
    use,
    backendFor: (model) => fit.api.backendFor(model),
    openServerSession: async (model, signal, marks) =>
      await openServerSession({ servers: servers.api, choices, marks }, model, signal),
    checkAgain: (paths, signal) => checkAgain({ modelsFolder, hashWorker: options.hashWorker }, paths, signal),
    onEvent,
  });
  const common = { home, modelsFolder, settings: settings.api, library, choices, engines: engines.api, onEvent };
  const network = openNetwork({ ...common, isForced: options.offline ?? isOfflineByEnvironment() });
  const fileOpener = new FileOpener({
    library,
    expectResponse: async (path) => {
      expectFileHere(path, network.api.state());
      await expectDiskResponse(enginePaths.nodePath, path);
    },
    onChange: (opened) => onEvent("models.openedChanged", opened),
  });
  const models = openModels({
    ...common,
    folder: folder.api,
    fileOpener,
    trash: options.trash,
    forgetDownload: (path) => downloads.api.forget(path),
    onChange: modelsChanged,
  });
  const hasCuda = async (): Promise<boolean> => {
    const release = installed.releases.find(({ name }) => name === "cuda");
    return release === undefined || (await installed.examine(release)).state === "installed";
  };
  const hardware = openHardware({ ...common, enginePaths, hasCuda, memoryReads: options.memoryReads });
  const version = await appVersion(options.manifest);
  const benchmark = openBenchmark({
    ...common,
    hashWorker: options.hashWorker,
    appVersion: version,
    hardware: hardware.api,
    onDamaged: (problem) => notices.add(problem),
  });
  const tune = openTune({ ...common, hardware: hardware.api, loadClocks: options.loadClocks });
  const fit = openFit({
    ...common,
    appVersion: version,
    use,
    enginePaths,
    catalogFile: options.catalogFile,
    history: () => benchmark.api.history(null),
    onLog,
  });
  dataChanged.on((used) => fit.api.changed(used));
  const catalog = openCatalog({
    ...common,
    catalogFile: options.catalogFile,
    predictor: () => fit.api.predictor("now"),
  });
  const hub = openHub({
    ...common,
    network: network.api,
    secrets: options.secrets,
    resolveProxy: options.resolveProxy,
    confirmHub: options.confirmHub,
    nameOf,
    // Sizes that cannot be stored are requested again.
    onListing: (listing) => void catalog.api.learn(listing).catch(() => undefined),
  });
  const servers = openServers({
    ...common,
    secrets: options.secrets,
    network: network.api,
    resolveProxy: options.resolveProxy,
    confirmServer: options.confirmServer,
    notices,
    onModels: modelsChanged,
    waits: options.serverWaits,
  });
  const serverBenchmark = openServerBenchmark({
    ...common,
    appVersion: version,
    servers: servers.api,
    onDamaged: (problem) => notices.add(problem),
  });
  const downloads = openDownloads({
    ...common,
    downloadWorker: options.downloadWorker,
    releases: installed.releases,
    downloadTuning: options.downloadTuning,
    network: network.api,
    hub: () => hub.api.access(),
    resolveProxy: options.resolveProxy,
    onArrived: (component) => (component === null ? modelsChanged() : void components.api.arrived()),
    nameOf,
  });
  const components = openComponents({ ...common, installed, downloads: downloads.api });
  const updates = openUpdates({
    ...common,
    source: null,
    install: "development",
    ...options.updates,
    version,
    network: network.api,
    resolveProxy: options.resolveProxy,
    isBusy: () => isDownloading || engines.api.isBusy,
    notices,
    clock: systemClock,
  });
  const llamaServer = openLlamaServer({
    ...common,
    keeper: { nodePath: enginePaths.nodePath, entry: options.serverKeeper },
    fit: fit.api,
    network: network.api,
    servers: options.isApp === true ? servers.api : null,
    confirmWorkers: options.confirmWorkers,
  });
  const { encryption } = lock.api;
  const store = new StoreClient({ home, workerPath: options.storeWorker, encryption });
  const readAhead = new ReadAhead({
    engines: engines.api,
    leastCharge: () => settings.api.get().readAheadCharge,
    power: options.power ?? readPower,
  });
  const titles = new ChatTitles({
    engines: engines.api,
    store,
    power: options.power ?? readPower,
    isAllowed: () => settings.api.get().improveTitles,
    onTitled: (chatId) => chats.api.titled(chatId),
    clock: systemClock,
  });
  const runs = openRuns({
    ...common,
    shownError: (error) => faults.shownError(error),
    store,
    notices,
    makeRoom: (branch, ...how) => chats.api.makeRoom(branch, settings.api.get().longChats, ...how),
    onModelFound: (chatId, modelId) => chats.api.keepModel(chatId, modelId),
    onAnswered: (turn) => {
      readAhead.begin(turn);
      titles.begin(turn);
    },
  });
  const { plainChats } = options;
  const forgetRead = async (chatIds: readonly string[]): Promise<void> => {
    for (const chatId of chatIds) {
      readAhead.stop(chatId);
      titles.stop(chatId);
    }
    await engines.api.forgetChats(chatIds);
  };
  const documents = openDocuments({
    ...common,
    reader: { nodePath: enginePaths.nodePath, entry: options.documentReader },
    lister: { nodePath: enginePaths.nodePath, entry: options.folderLister },
    expectHere: (path) => expectFileHere(path, network.api.state()),
    isBusy: () => engines.api.isBusy,
    store,
    shownError: (error) => faults.shownError(error),
    makesRoom: () => settings.api.get().longChats !== "ask",
  });
  const chats = openChats({
    ...common,
    store,
    documents: documents.api,
    runs: runs.api,
    models: models.api,
    notices,
    plainChats,
    forgetRead,
    forgetImport: () => imports.api.forget(),
    deleteBackups: () => backups.api.deleteAll(),
  });
  const votes = openVotes({
    ...common,
    store,
    runs: runs.api,
    models: models.api,
    send: (message, oneOfSeveral) => chats.api.send(message, oneOfSeveral),
    show: async (messageId) => await chats.handlers["chats.selectVersion"]({ messageId }),
    shownError: (error) => faults.shownError(error),
  });
  const comparisons = openComparisons({
    ...common,
    store,
    runs: runs.api,
    models: async () => [...(await library.list()), ...(await library.remote())],
    loaded: () => engines.api.loaded,
    show: async (messageId) => await chats.handlers["chats.selectVersion"]({ messageId }),
    shownError: (error) => faults.shownError(error),
  });
  const presets = openPresets({
    home,
    notices,
    onEvent,
    isShown: async (chatId) => (await store.request("shownChats", { ids: [chatId] })).length > 0,
  });
  const exported = openExports({
    home,
    exportWorker: options.exportWorker,
    appVersion: version,
    store,
    presets: presets.api.list,
    encryption,
    onEvent,
  });
  const imports = await openImports({
    home,
    importWorker: options.importWorker,
    store,
    onChats: (change) => chats.api.changedOutside(change),
    presets: presets.api,
    forgetRead,
    encryption,
    isLocked: lock.api.isLocked,
    isApp: options.isApp ?? false,
    onEvent,
  });
  const backups = openBackups({
    ...common,
    backupWorker: options.backupWorker,
    encryption,
    store,
    runs: runs.api,
    isImporting: () => imports.api.isBusy,
    replaced: () => {
      chats.api.replaced();
      void documents.api.folders.reload();
    },
    notices,
    forgetRead,
    confirmErase: options.confirmErase,
  });
  const disk = openDisk({
    ...common,
    chats: chats.api,
    confirmErase: options.confirmErase,
    forgetStates: async () => await engines.handlers["engine.deleteKeptStates"]({}),
  });

  const handlers: Handlers<typeof workbenchCalls> = {
    ...chats.handlers,
    ...lock.handlers,
    ...documents.handlers,
    ...presets.handlers,
    ...exported.handlers,
    ...imports.handlers,
    ...backups.handlers,
    ...runs.handlers,
    ...votes.handlers,
    ...comparisons.handlers,
    ...engines.handlers,
    ...models.handlers,
    ...folder.handlers,
    ...catalog.handlers,
    ...network.handlers,
    ...disk.handlers,
    ...hub.handlers,
    ...servers.handlers,
    ...downloads.handlers,
    ...components.handlers,
    ...hardware.handlers,
    ...benchmark.handlers,
    ...serverBenchmark.handlers,
    ...tune.handlers,
    ...llamaServer.handlers,
    ...fit.handlers,
    ...settings.handlers,
    ...updates.handlers,
    ...notices.handlers(),
  };

  await lock.api.begin();

  const underWay = new CallsUnderWay();

  return {
    call: (name, input) => underWay.add(name, answerCall(handlers, name, input)),
    attachRun: (runId, listener) => runs.api.attach(runId, listener),
    answer: (request) => writeReply(common, request),
    answerProgram: (request) => answerProgram(common, request),
    async prompt(modelId, params, signal) {
      const onServer = await library.answeringServer(modelId);
      const answering = onServer ?? (() => library.answeringFile(modelId));
      const prompt = await engines.api.use(answering, "reply", signal, (session) => session.prompt(params));
      if (prompt === null) throw new WorkbenchError("engine-down");
      return prompt;
    },
    async promptSize(modelId, params, signal) {
      const onServer = await library.answeringServer(modelId);
      if (onServer !== null) return { tokens: aboutTokensOf(params.messages), contextSize: onServer.contextLength };
      const answering = (): Promise<Model> => library.answeringFile(modelId);
      const size = await engines.api.use(answering, "reply", signal, async (session) => {
        const tokens = await session.countTokens(params);
        return tokens === null ? null : { tokens, contextSize: session.contextSize };
      });
      if (size === null) throw new WorkbenchError("engine-down");
      return size;
    },
    namedModel: (name) => library.named(name),
    linkModel: (path) => library.link(path),
    openFiles: (paths) => fileOpener.open(paths),
    chooseLlamaServer: (path) => llamaServer.api.choose(path),
    llamaServerAccess: () => llamaServer.api.access,
    planFolder: (chosen) => folder.api.plan(chosen),
    exportChats: (request, path, words, otherwise) => exported.api.start(request, path, words, otherwise),
    messageCounts: () => chats.api.messageCounts(),
    exportedPath: () => exported.api.path,
    readImport: (path) => imports.api.read(path),
    importSettled: () => imports.api.settled(),
    attachDocuments: (chatId, paths) => documents.api.attach(chatId, paths),
    chooseDocumentFolder: (folderId, path) => documents.api.folders.choose(folderId, path),
    inspect,
    used: () => lock.api.used(),
    lockChats: () => lock.api.lockIfOpen(),
    isOffline: () => network.api.state().isOffline,
    recordRefused: (host) => network.api.recordRefused(host),
    recordConnection: (connection) => network.api.record(connection),
    onOffline: (listener) => network.api.onOffline(listener),
    updateToInstall: () => updates.api.toInstall(),
    addNotice: (problem) => notices.add(problem),
    warmUp() {
      void mendModes(home);
      void installed.clean();
      folder.api.resume();
      chats.api.warmUp();
      void backups.api.warmUp();
      engines.api.warmUp();
      void updates.api.open();
    },
    async close() {
      readAhead.close();
      titles.close();
      // A call may wait for it to load a model.
      await llamaServer.close();
      await underWay.settled();
      await lock.close();
      await updates.close();
      await servers.close();
      await settings.close();
      await folder.close();
      await Promise.all([documents.close(), exported.close(), imports.close()]);
      await Promise.all([votes.close(), comparisons.close()]);
      await runs.close();
      const measured = Promise.all([benchmark.close(), serverBenchmark.close(), tune.close(), fit.close()]);
      await backups.close();
      await Promise.all([chats.close(), downloads.close(), engines.close(), measured]);
    },
  };
}

/** Whether a download takes the connection, now or soon. */
const isUnderWay = ({ status }: Download): boolean => !["paused", "failed", "done"].includes(status.state);
