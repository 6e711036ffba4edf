import type { Handlers } from "../../contract/calls.ts";
import type { Chat, Message, chatsCalls } from "../../contract/chats.ts";
import { problemOf, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { Models } from "../models/openModels.ts";
import type { Documents } from "../documents/openDocuments.ts";
import type { Notices } from "../Notices.ts";
import type { Runs } from "../runs/Runs.ts";
import type { ChatChanges } from "./ChatChanges.ts";
import { chatFoldersHandlers } from "./chatFoldersHandlers.ts";
import type { ContextRoom, WrittenSummary } from "../runs/ContextRoom.ts";
import type { StoredChat } from "./ChatTable.ts";
import type { PlainChats } from "./PlainChats.ts";
import { sendMessage } from "./sendMessage.ts";
import { shownChat } from "./shownChat.ts";
import type { StoreClient } from "./StoreClient.ts";
import { titleInSentence } from "./titleInSentence.ts";

export interface ChatsOptions {
  store: Pick<StoreClient, "request">;
  runs: Pick<Runs, "start" | "runIn" | "isHeld" | "stopInChat" | "freshest">;
  models: Pick<Models, "thinkingOf" | "nameOf">;
  documents: Pick<Documents, "expectFit" | "expectReadable" | "passages" | "tell" | "folders">;
  /** Makes room in the context of a chat that has become too long. */
  room: Pick<
    ContextRoom,
    "countPrompt" | "dropOldest" | "nextPrompt" | "summarize" | "summarizeOldestNow" | "cancelSummary"
  >;
  /** Stores a summary of the oldest messages of a chat, and tells everyone. */
  keepSummary: (written: WrittenSummary) => Promise<StoredChat>;
  plainChats: PlainChats;
  notices: Notices;
  changes: ChatChanges;
  onEvent: EventListener;
  /** Deletes what is kept of what models have read of these chats. */
  forgetRead: (chatIds: readonly string[]) => Promise<void>;
}

/**
 * Returns the handlers of the `chats.*` calls. Changes are on disk, and the event about them is emitted, before a call
 * resolves.
 */
export function chatsHandlers(options: ChatsOptions): Handlers<typeof chatsCalls> {
  const { store, runs, models, documents, room, plainChats, notices, changes, onEvent, forgetRead } = options;
  const { keepSummary } = options;
  const withRun = (chat: StoredChat): Chat => shownChat(chat, options);
  const configured = (stored: StoredChat): Chat => {
    const chat = withRun(stored);
    onEvent("chats.configured", chat);
    return chat;
  };
  const freshest = (messages: readonly Message[]): Message[] => messages.map((message) => runs.freshest(message));
  const refuseEmpty = (text: string): void => {
    if (text.trim() === "") throw new WorkbenchError("prompt-empty");
  };

  /** The store refuses a second reply, but knows of none between two answers to a question that is asked several times. */
  const refuseHeld = (chatId: string): void => {
    if (runs.isHeld(chatId)) throw new WorkbenchError("chat-busy");
  };

  const refuseBusy = (chatId: string): void => {
    refuseHeld(chatId);
    if (runs.runIn(chatId) !== null) throw new WorkbenchError("chat-busy");
  };

  const folders = chatFoldersHandlers({ store, changes, documents, onEvent });

  plainChats.onPlain = (chatId) => {
    void store.request("readChat", { chatId }).then(
      (chat) => {
        const title = titleInSentence(chat.title);
        // The notice of the first crash says less.
        notices.withdraw("page-crashed");
        notices.add(problemOf("chat-plain", title === "" ? undefined : { case: "named", title }), chatId);
      },
      // The chat was erased meanwhile, or the store reports a problem of its own.
      () => undefined,
    );
  };

  return {
    ...folders.handlers,
    async "chats.list"(page) {
      const { sequence } = changes;
      const { chats, next } = await store.request("listChats", page);
      return { chats: chats.map((chat) => changes.summary(chat)), next, sequence };
    },
    "chats.search": (search) => store.request("searchChats", search),
    "chats.find": (params) => store.request("findInChat", params),
    async "chats.create"({ modelId: wanted, temporary }) {
      const modelId = wanted ?? (await models.nameOf(null))?.id ?? null;
      const chosen = { modelId, thinking: await models.thinkingOf(modelId) };
      const chat = await store.request(temporary ? "createTemporaryChat" : "createChat", chosen);
      await changes.changed(chat.id);
      return withRun(chat);
    },
    async "chats.open"(params) {
      const { chat, messages, isSwitched, ...cursors } = await store.request("openChat", params);
      if (isSwitched) {
        onEvent("chats.branchChanged", { chatId: chat.id });
        await changes.changed(chat.id);
      }
      // Questions about its documents are answered sooner then. If that fails, the question says why.
      if (chat.folderId !== null && chat.searchesFolder)
        void documents.folders.lookAgain(chat.folderId).catch(() => undefined);
      return { chat: withRun(chat), messages: freshest(messages), ...cursors };
    },
    async "chats.messages"(params) {
      const { messages, next } = await store.request("readMessages", params);
      return { messages: freshest(messages), next };
    },
    async "chats.showAsUsual"({ chatId }) {
      plainChats.showAsUsual(chatId);
      notices.withdraw("chat-plain", chatId);
      return configured(await store.request("readChat", { chatId }));
    },
    async "chats.keep"({ chatId }) {
      refuseBusy(chatId);
      room.cancelSummary(chatId);
      const kept = await store.request("keepTemporaryChat", { chatId });
      await forgetRead([chatId]);
      notices.withdrawOf(chatId);
      await changes.changed(kept.id);
      changes.removed([chatId]);
      return withRun(kept);
    },
    async "chats.rename"({ chatId, title }) {
      await store.request("renameChat", { chatId, title });
      await changes.changed(chatId);
      return null;
    },
    async "chats.pin"({ chatIds, pinned }) {
      await store.request("pinChats", { chatIds, pinned });
      await changes.changed(...chatIds);
      return null;
    },
    async "chats.delete"({ chatIds }) {
      for (const chatId of chatIds) room.cancelSummary(chatId);
      await Promise.all(chatIds.map((chatId) => runs.stopInChat(chatId)));
      await forgetRead(chatIds);
      await store.request("hideChats", { chatIds });
      for (const chatId of chatIds) notices.withdrawOf(chatId);
      changes.removed(chatIds);
      await folders.tell();
      return null;
    },
    async "chats.restore"({ chatIds }) {
      await store.request("restoreChats", { chatIds });
      await changes.changed(...chatIds);
      await folders.tell();
      return null;
    },
    async "chats.purge"({ chatIds }) {
      for (const chatId of chatIds) room.cancelSummary(chatId);
      await Promise.all(chatIds.map((chatId) => runs.stopInChat(chatId)));
      await forgetRead(chatIds);
      await store.request("purgeChats", { chatIds });
      for (const chatId of chatIds) {
        plainChats.forget(chatId);
        notices.withdrawOf(chatId);
      }
      changes.removed(chatIds);
      return null;
    },
    async "chats.saveDraft"(params) {
      const saved = await store.request("saveDraft", params);
      // Only one window shows the chat that is not created yet.
      if (params.chatId !== null) onEvent("chats.draftChanged", { chatId: params.chatId, ...saved });
      return saved;
    },
    // No event: each window has an edit of its own. It is kept for the next start.
    "chats.saveEdit": (params) => store.request("saveEdit", params),
    // No event: only this window uses it.
    "chats.savePlace": (params) => store.request("savePlace", params),
    "chats.newDraft": () => store.request("newDraft", {}),
    // No event: only one window shows the chat that is not created yet.
    "chats.saveBeginning": (params) => store.request("saveBeginning", params),
    "chats.configure": async (params) => configured(await store.request("configureChat", params)),
    "chats.send": (message) => sendMessage(options, message),
    async "chats.regenerate"({ messageId, modelId: wanted }) {
      const chat = await store.request("chatOfMessage", { messageId });
      refuseHeld(chat.id);
      const modelId = wanted ?? chat.modelId;
      const model = await models.nameOf(modelId);
      return runs.start(await store.request("beginVersion", { messageId, model }), modelId);
    },
    async "chats.continue"({ messageId }) {
      refuseHeld((await store.request("chatOfMessage", { messageId })).id);
      const begun = await store.request("beginContinuation", { messageId });
      // The model that began it, even if the chat has another one by now. It may not be known of an edited one.
      return runs.start(begun, begun.reply.model?.id || begun.chat.modelId);
    },
    async "chats.edit"({ messageId, text }) {
      refuseEmpty(text);
      const { id: chatId, modelId, folderId } = await store.request("chatOfMessage", { messageId });
      refuseHeld(chatId);
      const begun = await documents.folders.whileAsked(chatId, async () => {
        const { attachments = [] } = await store.request("readMessage", { messageId });
        // What is searched is searched for the new text, and a folder as it is now.
        const sources = await store.request("folderSources", {});
        const searchesAgain = sources.some((each) => each.folderId === folderId);
        const kept = attachments.filter(({ ofFolder = false }) => !(searchesAgain && ofFolder));
        const asked = { chatId, edited: messageId, text, attachmentIds: kept.map(({ id }) => id) };
        const searchesFolder = (await store.request("searchedFolder", { chatId })) !== null;
        const isSearched = searchesFolder || kept.some(({ use }) => use === "search");
        const passages = isSearched ? await documents.expectFit(asked) : undefined;
        const model = await models.nameOf(modelId);
        return await store.request("beginEdit", { messageId, text, model, passages, searchesAgain });
      });
      return runs.start(begun, modelId);
    },
    async "chats.editReply"(edit) {
      refuseEmpty(edit.text);
      const edited = await store.request("editReply", edit);
      onEvent("chats.branchChanged", { chatId: edited.chatId });
      await changes.changed(edited.chatId);
      return edited;
    },
    async "chats.selectVersion"({ messageId }) {
      const { chatId, messages, next } = await store.request("selectVersion", { messageId });
      onEvent("chats.branchChanged", { chatId });
      // The list shows the result of the shown branch.
      await changes.changed(chatId);
      return { messages: freshest(messages), next };
    },
    "chats.message": async ({ messageId }) => runs.freshest(await store.request("readMessage", { messageId })),
    "chats.branches": (params) => store.request("mapBranches", params),
    async "chats.branch"(params) {
      const chat = await store.request("branchChat", params);
      await changes.changed(chat.id);
      return withRun(chat);
    },
    async "chats.deleteReply"({ messageId }) {
      const { deletionId, chatId } = await store.request("removeReply", { messageId });
      onEvent("chats.branchChanged", { chatId });
      // Part of what was read is the reply.
      await forgetRead([chatId]);
      await changes.changed(chatId);
      return { deletionId };
    },
    async "chats.restoreReply"(params) {
      await store.request("restoreReply", params);
      onEvent("chats.branchChanged", { chatId: params.chatId });
      await changes.changed(params.chatId);
      return null;
    },
    async "chats.dropOldest"({ chatId }) {
      const promptFrom = await room.dropOldest(await store.request("readBranch", { chatId }));
      return configured(await store.request("configureChat", { chatId, promptFrom }));
    },
    async "chats.nextPrompt"({ chatId, question }) {
      const attached = await store.request("draftAttachments", { chatId });
      const asks = question.trim() !== "" || attached.length > 0;
      const asked = { chatId, text: question, attachmentIds: attached.map(({ id }) => id) };
      if (attached.length > 0) await documents.expectReadable(asked);
      if (!asks) return await room.nextPrompt(await store.request("readBranch", { chatId }));
      const preview = await documents.folders.whileAsked(chatId, async () => {
        const searchesFolder = (await store.request("searchedFolder", { chatId })) !== null;
        const isSearched = searchesFolder || attached.some(({ use }) => use === "search");
        const passages = isSearched && question.trim() !== "" ? await documents.passages(asked) : {};
        return await store.request("previewTurn", { ...asked, passages });
      });
      return await room.nextPrompt(preview);
    },
    async "chats.countPrompt"({ chatId }) {
      return await room.countPrompt(await store.request("readBranch", { chatId }));
    },
    async "chats.summarize"({ chatId }) {
      return await room.summarize(await store.request("readBranch", { chatId }));
    },
    "chats.cancelSummary"({ chatId }) {
      room.cancelSummary(chatId);
      return null;
    },
    async "chats.summarizeOldest"({ chatId }) {
      refuseBusy(chatId);
      const written = await room.summarizeOldestNow(await store.request("readBranch", { chatId }));
      if (typeof written === "string") return written;
      // A reply may have begun meanwhile.
      refuseBusy(chatId);
      await keepSummary(written);
      return "done";
    },
    async "chats.editSummary"({ messageId, text }) {
      const { chatId, summary: before } = await store.request("readMessage", { messageId });
      refuseBusy(chatId);
      if (before === undefined) throw new WorkbenchError("input-invalid", undefined, "the message has no summary");
      const summary = text === null ? null : { ...before, text, edited: true as const };
      await store.request("saveSummary", { messageId, summary });
      onEvent("chats.summarized", { chatId, messageId, summary });
      await changes.changed(chatId);
      // Part of what was read is the summary.
      await forgetRead([chatId]);
      return null;
    },
  };
}
