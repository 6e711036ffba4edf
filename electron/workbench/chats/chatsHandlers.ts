import type { Handlers } from "../../contract/calls.ts";
import type { Chat, Conversation, Message, Thinking, chatsCalls } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { Notices } from "../Notices.ts";
import type { StoredChat } from "./ChatTable.ts";
import type { PlainChats } from "./PlainChats.ts";
import type { StoreClient } from "./StoreClient.ts";
import type { BegunReply, StoredConversation } from "./storeOperations.ts";

/** What the chats need of the running replies. */
interface ReplyWriter {
  start(begun: BegunReply, modelId: string | null): string;
  runIn(chatId: string): string | null;
  stopInChat(chatId: string): Promise<void>;
  freshest(message: Message): Message;
}

export interface ChatsOptions {
  store: Pick<StoreClient, "request">;
  runs: ReplyWriter;
  /** What a new chat with this model starts with; null: the default model. */
  defaultThinking: (modelId: string | null) => Promise<Thinking>;
  /** The model a reply will be written with, for its name; null if there is none. Its failure is the run's to tell. */
  nameModel: (modelId: string | null) => Promise<Message["model"]>;
  plainChats: PlainChats;
  notices: Notices;
  onEvent: EventListener;
}

/** Answers the `chats.*` calls. What changes is on disk before the answer, and told as `chats.changed`. */
export function chatsHandlers({
  store,
  runs,
  plainChats,
  notices,
  ...options
}: ChatsOptions): Handlers<typeof chatsCalls> {
  const tell = (chatId: string | null): void => options.onEvent("chats.changed", { chatId });
  const withRun = (chat: StoredChat): Chat => ({
    ...chat,
    runId: runs.runIn(chat.id),
    isPlain: plainChats.isPlain(chat.id),
  });
  const toConversation = ({ chat, messages }: StoredConversation): Conversation => ({
    chat: withRun(chat),
    messages: messages.map((message) => runs.freshest(message)),
  });
  const refuseEmpty = (text: string): void => {
    if (text.trim() === "") throw new WorkbenchError("prompt-empty");
  };

  plainChats.onPlain = (chatId) => {
    void store.request("readChat", { chatId }).then(
      ({ title }) => {
        const chat = title === "" ? "an untitled chat" : `the chat “${title}”`;
        const message = `The window stopped working twice while ${chat} was open, so it was opened without that chat.`;
        notices.add({ code: "chat-plain", message }, chatId);
      },
      // Erased meanwhile, or the store has a problem of its own to tell.
      () => undefined,
    );
  };

  return {
    async "chats.list"({ query }) {
      const chats = await store.request("listChats", { query });
      return chats.map((chat) => {
        const { id, title, createdAt, updatedAt, runId } = withRun(chat);
        return { id, title, createdAt, updatedAt, runId };
      });
    },
    async "chats.create"({ modelId: wanted }) {
      const modelId = wanted ?? (await options.nameModel(null))?.id ?? null;
      const chat = await store.request("createChat", { modelId, thinking: await options.defaultThinking(modelId) });
      tell(chat.id);
      return withRun(chat);
    },
    async "chats.open"({ chatId }) {
      return toConversation(await store.request("openChat", { chatId }));
    },
    "chats.showAsUsual"({ chatId }) {
      plainChats.showAsUsual(chatId);
      notices.withdraw("chat-plain", chatId);
      tell(chatId);
      return null;
    },
    async "chats.rename"({ chatId, title }) {
      await store.request("renameChat", { chatId, title });
      tell(chatId);
      return null;
    },
    async "chats.delete"({ chatId }) {
      await runs.stopInChat(chatId);
      await store.request("hideChat", { chatId });
      notices.withdraw("chat-plain", chatId);
      tell(null);
      return null;
    },
    async "chats.restore"({ chatId }) {
      await store.request("restoreChat", { chatId });
      tell(null);
      return null;
    },
    async "chats.purge"({ chatId }) {
      await runs.stopInChat(chatId);
      await store.request("purgeChat", { chatId });
      plainChats.forget(chatId);
      tell(null);
      return null;
    },
    async "chats.saveDraft"(params) {
      // No event: the window that typed it knows, and it changes nothing that others show.
      return store.request("saveDraft", params);
    },
    // No event either: it is this window's alone.
    "chats.savePlace": (params) => store.request("savePlace", params),
    "chats.newDraft": () => store.request("newDraft", {}),
    async "chats.configure"(params) {
      const chat = await store.request("configureChat", params);
      tell(chat.id);
      return withRun(chat);
    },
    async "chats.send"({ chatId, text }) {
      refuseEmpty(text);
      const { modelId } = await store.request("readChat", { chatId });
      const model = await options.nameModel(modelId);
      const begun = await store.request("beginTurn", { chatId, text, model });
      return { runId: runs.start(begun, modelId), messageId: begun.reply.parentId ?? begun.reply.id };
    },
    async "chats.regenerate"({ messageId }) {
      const { modelId } = await store.request("chatOfMessage", { messageId });
      const model = await options.nameModel(modelId);
      return { runId: runs.start(await store.request("beginVersion", { messageId, model }), modelId) };
    },
    async "chats.edit"({ messageId, text }) {
      refuseEmpty(text);
      const { modelId } = await store.request("chatOfMessage", { messageId });
      const model = await options.nameModel(modelId);
      const begun = await store.request("beginEdit", { messageId, text, model });
      return { runId: runs.start(begun, modelId), messageId: begun.reply.parentId ?? begun.reply.id };
    },
    async "chats.selectVersion"({ messageId }) {
      const conversation = toConversation(await store.request("selectVersion", { messageId }));
      tell(conversation.chat.id);
      return conversation;
    },
  };
}
