import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { ApiServerStoreState } from "./apiServer.ts";
import type { BackupsState } from "./backups.ts";
import type { BenchmarkStoreState } from "./benchmark.ts";
import type { BranchesState } from "./branches.ts";
import type { CatalogState } from "./catalog.ts";
import type { ChatLockState } from "./chatLock.ts";
import type { ChatFoldersState } from "./chatFolders.ts";
import type { ChatListState } from "./chatList.ts";
import type { ChatSearchState } from "./chatSearch.ts";
import type { ChatFindState } from "./chatFind.ts";
import type { CodeViewState } from "./codeView.ts";
import type { CommandsState } from "./commands.ts";
import type { ComparisonsState } from "./comparisons.ts";
import type { ComponentsState } from "./components.ts";
import type { ComposerState } from "./composer.ts";
import type { ContextRoomState } from "./contextRoom.ts";
import type { ConversationState } from "./conversation.ts";
import type { DiagramsState } from "./diagrams.ts";
import type { DiskState } from "./disk.ts";
import type { DocumentFoldersState } from "./documentFolders.ts";
import type { DocumentsState } from "./documents.ts";
import type { DownloadsState } from "./downloads.ts";
import type { EngineStoreState } from "./engine.ts";
import type { ExportsStoreState } from "./exports.ts";
import type { FitState } from "./fit.ts";
import type { FolderStoreState } from "./folder.ts";
import type { HardwareState } from "./hardware.ts";
import type { HubState } from "./hub.ts";
import type { ImportsStoreState } from "./imports.ts";
import type { LlamaServerStoreState } from "./llamaServer.ts";
import type { ModelsState } from "./models.ts";
import type { NetworkStoreState } from "./network.ts";
import type { NoticesState } from "./notices.ts";
import type { OpenedFilesState } from "./openedFiles.ts";
import type { PresetsState } from "./presets.ts";
import type { PreviewStoreState } from "./preview.ts";
import type { QueuedState } from "./queued.ts";
import type { ReadingState } from "./reading.ts";
import type { RepliesState } from "./replies.ts";
import type { ReplyViewsState } from "./replyViews.ts";
import type { RunsState } from "./runs.ts";
import type { ServerBenchmarkStoreState } from "./serverBenchmark.ts";
import type { ServersState } from "./servers.ts";
import type { SettingsState } from "./settings.ts";
import type { ShellState } from "./shell.ts";
import type { Stores } from "./stores.ts";
import type { TuneStoreState } from "./tune.ts";
import type { UpdatesStoreState } from "./updates.ts";
import type { VotesState } from "./votes.ts";
import type { WindowStores } from "./windowStores.ts";

/** While the chats are locked, a window has only some of its stores. */
export const StoresContext = createContext<Stores | WindowStores | null>(null);

function useWindowStores(): Stores | WindowStores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error("No stores around this component");
  return stores;
}

export function useStores(): Stores {
  const stores = useWindowStores();
  if (!("conversation" in stores)) throw new Error("The chats are locked");
  return stores;
}

/** Each hook selects a part of one store, and renders again only when that part has changed. */
export const useApiServer = <T>(select: (state: ApiServerStoreState) => T): T =>
  useStore(useWindowStores().apiServer, select);
export const useChatLock = <T>(select: (state: ChatLockState) => T): T => useStore(useWindowStores().chatLock, select);
export const useChatFolders = <T>(select: (state: ChatFoldersState) => T): T =>
  useStore(useStores().chatFolders, select);
export const useChatList = <T>(select: (state: ChatListState) => T): T => useStore(useStores().chatList, select);
export const useChatSearch = <T>(select: (state: ChatSearchState) => T): T => useStore(useStores().chatSearch, select);
export const useChatFind = <T>(select: (state: ChatFindState) => T): T => useStore(useStores().chatFind, select);
export const useConversation = <T>(select: (state: ConversationState) => T): T =>
  useStore(useStores().conversation, select);
export const useComposer = <T>(select: (state: ComposerState) => T): T => useStore(useStores().composer, select);
export const useDocuments = <T>(select: (state: DocumentsState) => T): T => useStore(useStores().documents, select);
export const useDocumentFolders = <T>(select: (state: DocumentFoldersState) => T): T =>
  useStore(useStores().documentFolders, select);
export const useQueued = <T>(select: (state: QueuedState) => T): T => useStore(useStores().queued, select);
export const useRuns = <T>(select: (state: RunsState) => T): T => useStore(useStores().runs, select);
export const useReading = <T>(select: (state: ReadingState) => T): T => useStore(useStores().reading, select);
export const useBranches = <T>(select: (state: BranchesState) => T): T => useStore(useStores().branches, select);
export const useVotes = <T>(select: (state: VotesState) => T): T => useStore(useStores().votes, select);
export const useComparisons = <T>(select: (state: ComparisonsState) => T): T =>
  useStore(useStores().comparisons, select);
export const usePresets = <T>(select: (state: PresetsState) => T): T => useStore(useStores().presets, select);
export const usePreview = <T>(select: (state: PreviewStoreState) => T): T => useStore(useStores().preview, select);
export const useReplies = <T>(select: (state: RepliesState) => T): T => useStore(useStores().replies, select);
export const useReplyViews = <T>(select: (state: ReplyViewsState) => T): T => useStore(useStores().replyViews, select);
export const useContextRoom = <T>(select: (state: ContextRoomState) => T): T =>
  useStore(useStores().contextRoom, select);
export const useModels = <T>(select: (state: ModelsState) => T): T => useStore(useStores().models, select);
export const useOpenedFiles = <T>(select: (state: OpenedFilesState) => T): T =>
  useStore(useStores().openedFiles, select);
export const useCatalog = <T>(select: (state: CatalogState) => T): T => useStore(useStores().catalog, select);
export const useBackups = <T>(select: (state: BackupsState) => T): T => useStore(useStores().backups, select);
export const useComponents = <T>(select: (state: ComponentsState) => T): T => useStore(useStores().components, select);
export const useDisk = <T>(select: (state: DiskState) => T): T => useStore(useStores().disk, select);
export const useDownloads = <T>(select: (state: DownloadsState) => T): T => useStore(useStores().downloads, select);
export const useHub = <T>(select: (state: HubState) => T): T => useStore(useStores().hub, select);
export const useExports = <T>(select: (state: ExportsStoreState) => T): T => useStore(useStores().exports, select);
export const useImports = <T>(select: (state: ImportsStoreState) => T): T => useStore(useStores().imports, select);
export const useEngine = <T>(select: (state: EngineStoreState) => T): T => useStore(useStores().engine, select);
export const useHardware = <T>(select: (state: HardwareState) => T): T => useStore(useStores().hardware, select);
export const useBenchmark = <T>(select: (state: BenchmarkStoreState) => T): T =>
  useStore(useStores().benchmark, select);
export const useServerBenchmark = <T>(select: (state: ServerBenchmarkStoreState) => T): T =>
  useStore(useStores().serverBenchmark, select);
export const useTune = <T>(select: (state: TuneStoreState) => T): T => useStore(useStores().tune, select);
export const useLlamaServer = <T>(select: (state: LlamaServerStoreState) => T): T =>
  useStore(useStores().llamaServer, select);
export const useFit = <T>(select: (state: FitState) => T): T => useStore(useStores().fit, select);
export const useFolder = <T>(select: (state: FolderStoreState) => T): T => useStore(useStores().folder, select);
export const useSettings = <T>(select: (state: SettingsState) => T): T => useStore(useWindowStores().settings, select);
export const useShell = <T>(select: (state: ShellState) => T): T => useStore(useWindowStores().shell, select);
export const useNetwork = <T>(select: (state: NetworkStoreState) => T): T => useStore(useStores().network, select);
export const useServers = <T>(select: (state: ServersState) => T): T => useStore(useStores().servers, select);
export const useUpdates = <T>(select: (state: UpdatesStoreState) => T): T => useStore(useStores().updates, select);
export const useNotices = <T>(select: (state: NoticesState) => T): T => useStore(useStores().notices, select);
export const useCommands = <T>(select: (state: CommandsState) => T): T => useStore(useStores().commands, select);
export const useDiagrams = <T>(select: (state: DiagramsState) => T): T => useStore(useStores().diagrams, select);
export const useCodeView = <T>(select: (state: CodeViewState) => T): T => useStore(useStores().codeView, select);
