import { chatHash } from "../app/route.ts";
import { type BackupsStore, createBackupsStore } from "./backups.ts";
import { type BenchmarkStore, createBenchmarkStore } from "./benchmark.ts";
import { type BranchesStore, createBranchesStore } from "./branches.ts";
import { type CatalogStore, createCatalogStore } from "./catalog.ts";
import { type ChatFindStore, createChatFindStore } from "./chatFind.ts";
import { type ChatFoldersStore, createChatFoldersStore } from "./chatFolders.ts";
import { type ChatListStore, createChatListStore } from "./chatList.ts";
import { type ChatSearchStore, createChatSearchStore } from "./chatSearch.ts";
import { type CodeViewStore, createCodeViewStore } from "./codeView.ts";
import { createDiagramsStore, type DiagramsStore } from "./diagrams.ts";
import { type CommandsStore, createCommandsStore } from "./commands.ts";
import { type ComparisonsStore, createComparisonsStore } from "./comparisons.ts";
import { type ComponentsStore, createComponentsStore } from "./components.ts";
import { type ComposerStore, createComposerStore } from "./composer.ts";
import { type ContextRoomStore, createContextRoomStore } from "./contextRoom.ts";
import { type ConversationStore, createConversationStore } from "./conversation.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { type Door, onNamed } from "./door.ts";
import { createDiskStore, type DiskStore } from "./disk.ts";
import { createDocumentFoldersStore, type DocumentFoldersStore } from "./documentFolders.ts";
import { createDocumentsStore, type DocumentsStore } from "./documents.ts";
import { createDownloadsStore, type DownloadsStore } from "./downloads.ts";
import { createEngineStore, type EngineStore } from "./engine.ts";
import { createExportsStore, type ExportsStore } from "./exports.ts";
import { createFolderStore, type FolderStore } from "./folder.ts";
import { createFitStore, type FitStore } from "./fit.ts";
import { createHardwareStore, type HardwareStore } from "./hardware.ts";
import { createHubStore, type HubStore } from "./hub.ts";
import { createImportsStore, type ImportsStore } from "./imports.ts";
import { createModelsStore, type ModelsStore } from "./models.ts";
import { createNetworkStore, type NetworkStore } from "./network.ts";
import { createNoticesStore, type NoticesStore } from "./notices.ts";
import { createOpenedFilesStore, type OpenedFilesStore } from "./openedFiles.ts";
import { createPresetsStore, type PresetsStore } from "./presets.ts";
import { createPreviewStore, type PreviewStore } from "./preview.ts";
import { createQueuedStore, type QueuedStore } from "./queued.ts";
import { createReadingStore, type ReadingStore } from "./reading.ts";
import { createRepliesStore, type RepliesStore } from "./replies.ts";
import { createReplyViewsStore, type ReplyViewsStore } from "./replyViews.ts";
import { createRunsStore, type RunsStore } from "./runs.ts";
import { createServerBenchmarkStore, type ServerBenchmarkStore } from "./serverBenchmark.ts";
import { createServersStore, type ServersStore } from "./servers.ts";
import { createUpdatesStore, type UpdatesStore } from "./updates.ts";
import { createVotesStore, type VotesStore } from "./votes.ts";
import { createLlamaServerStore, type LlamaServerStore } from "./llamaServer.ts";
import { createTuneStore, type TuneStore } from "./tune.ts";
import { createWindowStores, type WindowStores } from "./windowStores.ts";

/** The window's cache of main's state, one store per capability. */
export interface Stores extends WindowStores {
  chatList: ChatListStore;
  chatFolders: ChatFoldersStore;
  chatSearch: ChatSearchStore;
  chatFind: ChatFindStore;
  conversation: ConversationStore;
  composer: ComposerStore;
  documents: DocumentsStore;
  documentFolders: DocumentFoldersStore;
  presets: PresetsStore;
  preview: PreviewStore;
  queued: QueuedStore;
  runs: RunsStore;
  reading: ReadingStore;
  replies: RepliesStore;
  replyViews: ReplyViewsStore;
  branches: BranchesStore;
  votes: VotesStore;
  comparisons: ComparisonsStore;
  contextRoom: ContextRoomStore;
  models: ModelsStore;
  openedFiles: OpenedFilesStore;
  catalog: CatalogStore;
  backups: BackupsStore;
  components: ComponentsStore;
  disk: DiskStore;
  downloads: DownloadsStore;
  hub: HubStore;
  engine: EngineStore;
  hardware: HardwareStore;
  tune: TuneStore;
  llamaServer: LlamaServerStore;
  benchmark: BenchmarkStore;
  serverBenchmark: ServerBenchmarkStore;
  fit: FitStore;
  exports: ExportsStore;
  folder: FolderStore;
  imports: ImportsStore;
  network: NetworkStore;
  servers: ServersStore;
  updates: UpdatesStore;
  notices: NoticesStore;
  commands: CommandsStore;
  codeView: CodeViewStore;
  diagrams: DiagramsStore;
}

/** Creates those of a window whose chats can be read. `ofWindow`: what the window has already. */
export function createStores(door: Door, ofWindow: WindowStores = createWindowStores(door)): Stores {
  const runs = createRunsStore(door, {
    onEnded: (chatId, message) => conversation.getState().settle(chatId, message),
  });
  const onProblem = (problem: Problem | null): void => composer.setState({ problem });
  const conversation = createConversationStore(door, { runs, onProblem });
  const documents = createDocumentsStore(door, { conversation, onProblem });
  const composer = createComposerStore(door, { conversation, documents, settings: ofWindow.settings });
  const votes = createVotesStore(door, { onProblem });
  const comparisons = createComparisonsStore(door, { conversation, onProblem });
  const reading = createReadingStore(door);
  const chatFolders = createChatFoldersStore(door, { onProblem });
  const chatList = createChatListStore(door, {
    onRemove: (chatIds) => {
      const { openId } = conversation.getState();
      if (openId === null || !chatIds.includes(openId)) return null;
      composer.flush();
      return openId;
    },
    onRemoved: (chatIds) => {
      if (chatIds.includes(conversation.getState().openId ?? "")) conversation.getState().open(null);
    },
    // Someone who has gone to another chat meanwhile stays there.
    onReopen: (chatId, before) => {
      const { openId, open } = conversation.getState();
      if (openId === null || openId === before) open(chatId);
    },
    onNews: (news) => {
      chatFolders.getState().hear(news);
      conversation.getState().hear(news);
    },
    onMissed: () => {
      void chatFolders.getState().reload();
      void conversation.getState().reload();
    },
    onProblem,
  });
  const { shell } = ofWindow;
  onNamed(door, "shell.leaving", () => {
    const save = (): void => {
      // A field that is saved when it is left: a title, instructions, a number.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      composer.flush();
    };
    void door.allAnswered(save).then(() => door.call("shell.left", {}));
  });
  let isReadOnly = false;
  onNamed(door, "notices.changed", (notices) => {
    const wasReadOnly = isReadOnly;
    isReadOnly = notices.some(({ problem }) => problem.code === "store-read-only");
    // What could not be saved is saved now.
    if (wasReadOnly && !isReadOnly) composer.drafts.retry();
  });
  const commands = createCommandsStore(door, {
    onShowChat: (chatId) => (window.location.hash = chatHash(chatId)),
    onProblem: (problem) => shell.setState({ problem }),
  });
  const models = createModelsStore(door);
  const downloads = createDownloadsStore(door);
  const folder = createFolderStore(door);
  onNamed(door, "folder.changed", ({ move }) => {
    if (move.state !== "none") return;
    for (const { getState } of [models, downloads, folder]) {
      const { problem, dismissProblem } = getState();
      if (problem?.code === "models-moving") dismissProblem();
    }
  });
  return {
    ...ofWindow,
    chatList,
    chatFolders,
    chatSearch: createChatSearchStore(door),
    chatFind: createChatFindStore(door, { conversation, reading, runs }),
    conversation,
    composer,
    documents,
    documentFolders: createDocumentFoldersStore(door, { conversation }),
    presets: createPresetsStore(door),
    preview: createPreviewStore(door, { conversation, runs }),
    queued: createQueuedStore(door, { conversation, drafts: composer.drafts, documents, votes, comparisons }),
    runs,
    replies: createRepliesStore(door, { conversation, onProblem }),
    replyViews: createReplyViewsStore(door, { conversation }),
    branches: createBranchesStore(door, { conversation }),
    votes,
    comparisons,
    contextRoom: createContextRoomStore(door, { conversation, onProblem }),
    reading,
    models,
    openedFiles: createOpenedFilesStore(door),
    catalog: createCatalogStore(door),
    backups: createBackupsStore(door),
    components: createComponentsStore(door),
    disk: createDiskStore(door),
    downloads,
    hub: createHubStore(door),
    engine: createEngineStore(door),
    hardware: createHardwareStore(door),
    tune: createTuneStore(door),
    llamaServer: createLlamaServerStore(door),
    benchmark: createBenchmarkStore(door),
    serverBenchmark: createServerBenchmarkStore(door),
    fit: createFitStore(door),
    exports: createExportsStore(door),
    folder,
    imports: createImportsStore(door),
    network: createNetworkStore(door),
    servers: createServersStore(door),
    updates: createUpdatesStore(door),
    notices: createNoticesStore(door),
    commands,
    codeView: createCodeViewStore(),
    diagrams: createDiagramsStore(door),
  };
}
