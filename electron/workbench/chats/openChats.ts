import type { AskedFor, BegunRun, chatsCalls, SentMessage } from "../../contract/chats.ts";
import { problemOf, toProblem } from "../../contract/errors.ts";
import type { LongChats } from "../../contract/longChats.ts";
import type { EventListener } from "../../contract/events.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Models } from "../models/openModels.ts";
import type { Notices } from "../Notices.ts";
import { withSummary } from "../runs/withSummary.ts";
import { ContextRoom, type WrittenSummary } from "../runs/ContextRoom.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Library } from "../models/library.ts";
import type { HowRoomIsMade, Runs } from "../runs/Runs.ts";
import { ChatChanges } from "./ChatChanges.ts";
import { type ChatsOptions, chatsHandlers } from "./chatsHandlers.ts";
import type { StoredChat } from "./ChatTable.ts";
import { PlainChats } from "./PlainChats.ts";
import { sendMessage } from "./sendMessage.ts";
import { shownChat } from "./shownChat.ts";
import type { StoreClient } from "./StoreClient.ts";
import type { StoredBranch } from "./storeOperations.ts";
import { titleInSentence } from "./titleInSentence.ts";

export interface OpenChatsOptions extends Pick<ChatsOptions, "documents"> {
  home: string;
  store: StoreClient;
  runs: Runs;
  models: Pick<Models, "thinkingOf" | "nameOf">;
  engines: Engines;
  library: Library;
  notices: Notices;
  /** Records which chats crashed the page. By default, read from the home folder. */
  plainChats: PlainChats | undefined;
  /** Deletes what is kept of what models have read of these chats. */
  forgetRead: ChatsOptions["forgetRead"];
  /** Ends an import, and deletes what is kept to undo the last one. */
  forgetImport: () => Promise<void>;
  /** Deletes the backups of the chats. */
  deleteBackups: () => Promise<void>;
  onEvent: EventListener;
}

export interface Chats {
  /** See `sendMessage`. */
  send(message: SentMessage, oneOfSeveral: { seed: number | null; asked: AskedFor }): Promise<BegunRun>;
  /** Tells everyone that the chats must be read again. */
  replaced(): void;
  /** Opens the store before the first request. If it cannot be opened, adds a notice. */
  warmUp(): void;
  /** Resolves with how many chats there are, also those whose deletion can still be undone. */
  count(): Promise<number>;
  /** Resolves with the number of messages of each chat on the disk that has some. */
  messageCounts(): Promise<Record<string, number>>;
  /** Does what the user has chosen for chats that no longer fit in the context. See `makeRoom` of Runs. */
  makeRoom(branch: StoredBranch, policy: LongChats, ...how: HowRoomIsMade): Promise<StoredBranch | null>;
  /** From now on, this model answers in the chat, unless one has been chosen for it. */
  keepModel(chatId: string, modelId: string): void;
  /** Ends the summaries that are being written. Resolves once none is. */
  endSummaries(): Promise<void>;
  /** Tells the windows that a chat has another title. */
  titled(chatId: string): void;
  /** Tells the windows that an import has added or removed chats. */
  changedOutside(change: { removed: string[] } | "many"): void;
  /** Stops what is being written and erases all chats, with what models have read of them and what would undo an import. */
  eraseAll(): Promise<void>;
}

/** Opens the chats: their calls, and events for what a call, a run or another program changed. */
export function openChats(options: OpenChatsOptions): RunningCapability<typeof chatsCalls, Chats> {
  const { home, store, runs, models, engines, library, notices, plainChats = new PlainChats(home), onEvent } = options;
  const { forgetRead, documents } = options;
  const changes = new ChatChanges({
    store,
    runIn: (chatId) => runs.runIn(chatId),
    onNews: (news) => onEvent("chats.changed", news),
  });
  const room = new ContextRoom({ engines, library, onEvent });
  const configured = (chat: StoredChat): void => onEvent("chats.configured", shownChat(chat, { runs, plainChats }));
  const dropOldest = async (branch: StoredBranch, signal: AbortSignal): Promise<StoredBranch | null> => {
    const promptFrom = await room.dropOldest(branch, signal);
    if (promptFrom === null || promptFrom === branch.chat.promptFrom) return null;
    configured(await store.request("configureChat", { chatId: branch.chat.id, promptFrom }));
    return { ...branch, chat: { ...branch.chat, promptFrom } };
  };
  const keepSummary = async (written: WrittenSummary): Promise<StoredChat> => {
    const chat = await store.request("saveSummary", written);
    onEvent("chats.summarized", { chatId: chat.id, ...written });
    configured(chat);
    notices.withdraw("summary-failed", chat.id);
    return chat;
  };
  store.noticed.on((problem) => notices.add(problem));
  store.mended.on(() => notices.withdraw("store-corrupt"));
  store.writable.on(() => {
    notices.withdraw("store-read-only");
    changes.missed();
  });
  store.changed.on(() => changes.missed());
  runs.chatChanged.on((chatId) => void changes.changed(chatId));
  return {
    api: {
      send: (message, oneOfSeveral) => sendMessage(options, message, oneOfSeveral),
      count: async () => (await store.request("chatIds", {})).length,
      messageCounts: () => store.request("messageCounts", {}),
      async makeRoom(branch, policy, signal, onPart) {
        if (policy === "ask") return null;
        if (policy === "dropOldest") return await dropOldest(branch, signal);
        try {
          const written = await room.summarizeOldest(branch, signal, onPart);
          if (written === null) return null;
          const { promptFrom } = await keepSummary(written);
          const messages = withSummary(branch.messages, written.messageId, written.summary);
          return { ...branch, chat: { ...branch.chat, promptFrom }, messages };
        } catch (error) {
          const problem = toProblem(error);
          if (problem.code !== "summary-failed") throw error;
          const shorter = await dropOldest(branch, signal);
          const instead = problem.facts?.case === "empty" ? "emptyDropped" : "roomDropped";
          const title = titleInSentence(branch.chat.title);
          const facts = title === "" ? ({ case: instead } as const) : ({ case: `${instead}In`, title } as const);
          if (shorter !== null) notices.add(problemOf("summary-failed", facts), branch.chat.id);
          return shorter;
        }
      },
      keepModel(chatId, modelId) {
        store.request("keepModel", { chatId, modelId }).then(
          (chat) => chat !== null && configured(chat),
          // The chat was erased meanwhile, or the store reports a problem of its own.
          () => undefined,
        );
      },
      endSummaries: () => room.close(),
      titled: (chatId) => void changes.changed(chatId),
      changedOutside: (change) => (change === "many" ? changes.missed() : changes.removed(change.removed)),
      eraseAll: async () => {
        const chatIds = await store.request("chatIds", {});
        for (const chatId of chatIds) room.cancelSummary(chatId);
        await Promise.all(chatIds.map((chatId) => runs.stopInChat(chatId)));
        await forgetRead(chatIds);
        await options.forgetImport();
        await store.request("eraseAllChats", {});
        await documents.folders.reload();
        for (const chatId of chatIds) {
          plainChats.forget(chatId);
          notices.withdrawOf(chatId);
        }
        changes.removed(chatIds);
        await options.deleteBackups();
      },
      replaced: () => changes.missed(),
      warmUp() {
        store.request("openStore", {}).catch((error: unknown) => {
          const problem = toProblem(error);
          // They are opened again once they are unlocked, and the lock itself says what else there is.
          if (!["chats-locked", "chat-lock-unreadable"].includes(problem.code)) notices.add(problem);
        });
      },
    },
    handlers: chatsHandlers({
      documents,
      plainChats,
      notices,
      store,
      runs,
      models,
      changes,
      room,
      keepSummary,
      onEvent,
      forgetRead,
    }),
    close: () => {
      void room.close();
      return store.close();
    },
  };
}
