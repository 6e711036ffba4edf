import { createStore, type StoreApi } from "zustand/vanilla";
import type { Draft } from "../../electron/contract/chats.ts";
import { messageOf } from "../../electron/contract/messageOf.ts";
import type { ComparisonsStore } from "./comparisons.ts";
import type { ConversationStore } from "./conversation.ts";
import type { DocumentsStore } from "./documents.ts";
import { type Door, onNamed } from "./door.ts";
import type { Drafts } from "./drafts.ts";
import { hasMoreAnswers } from "./moreAnswers.ts";
import { sendDraft } from "./sendDraft.ts";
import type { VotesStore } from "./votes.ts";

/**
 * What becomes of a chat's draft when the reply above it ends: `waiting` is sent, and `kept` was not, because that reply
 * did not end by itself or the message was refused.
 */
export type Queued = "waiting" | "kept";

export interface QueuedState {
  byChat: Readonly<Record<string, Queued>>;
  /** Sends the chat's draft once its reply has ended. Until then it stays a draft, so that nothing can lose it. */
  queue: (chatId: string) => void;
  /** Keeps the draft, which has changed or is to stay. Does nothing if nothing is queued. */
  cancel: (chatId: string) => void;
}
export type QueuedStore = StoreApi<QueuedState>;

export interface QueuedOptions {
  conversation: ConversationStore;
  drafts: Pick<Drafts, "peek" | "flush" | "sending">;
  documents: DocumentsStore;
  votes: VotesStore;
  comparisons: ComparisonsStore;
}

/** Creates the store of the messages that this window sends once the replies above them have ended. */
export function createQueuedStore(door: Door, options: QueuedOptions): QueuedStore {
  const { conversation, drafts, documents } = options;
  const store = createStore<QueuedState>()((set, get) => ({
    byChat: {},
    queue: (chatId) => set({ byChat: { ...get().byChat, [chatId]: "waiting" } }),
    cancel: (chatId) => {
      const { [chatId]: queued, ...others } = get().byChat;
      if (queued !== undefined) set({ byChat: others });
    },
  }));
  const { cancel } = store.getState();

  /** Returns the newest draft. That of a chat that was left is known only to main. */
  const draftOf = async (chatId: string): Promise<Draft> =>
    drafts.peek(chatId) ?? (await door.call("chats.open", { chatId })).chat;

  const send = async (chatId: string): Promise<void> => {
    drafts.flush();
    try {
      const { draft, pasted } = await draftOf(chatId);
      const text = messageOf({ draft, pasted });
      // It was changed or taken back meanwhile.
      if (store.getState().byChat[chatId] !== "waiting") return;
      cancel(chatId);
      if (!/\S/.test(text)) return;
      const begun = await sendDraft(door, { drafts, documents }, { chatId, text, from: { draft, pasted } });
      conversation.getState().start(chatId, begun);
    } catch {
      store.setState(({ byChat }) => ({ byChat: { ...byChat, [chatId]: "kept" } }));
    }
  };

  const sendAfter = (chatId: string, endedByItself: boolean): void => {
    const { byChat } = store.getState();
    if (byChat[chatId] !== "waiting") return;
    if (endedByItself) void send(chatId);
    else store.setState({ byChat: { ...byChat, [chatId]: "kept" } });
  };
  onNamed(door, "runs.ended", ({ chatId, message }) => {
    // Another answer to the same question follows.
    if (!hasMoreAnswers(options, chatId)) sendAfter(chatId, message.state === "done");
  });
  onNamed(door, "votes.changed", ({ chatId, state }) => {
    if (state !== "running") sendAfter(chatId, state === "complete" || state === "decided");
  });
  onNamed(door, "comparisons.changed", ({ chatId, state }) => {
    if (state !== "running") sendAfter(chatId, state === "complete");
  });
  onNamed(door, "chats.changed", ({ removed }) => removed.forEach(cancel));
  return store;
}
