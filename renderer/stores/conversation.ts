import { createStore, type StoreApi } from "zustand/vanilla";
import type { BegunRun, Chat, Conversation, Message, MessagePage, KeptEdit } from "../../electron/contract/chats.ts";
import type { CallInput } from "../../electron/contract/calls.ts";
import type { EarlierSummary } from "../../electron/contract/earlierSummary.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { ChatNews } from "../../electron/contract/events.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import { graftMessages } from "./graftMessages.ts";
import { keepIdentity } from "./keepIdentity.ts";
import type { Loadable } from "./loadable.ts";
import type { RunsStore } from "./runs.ts";

/** A page of messages is shown in steps of this many, one in each frame, so that scrolling stays smooth. */
const messagesAtOnce = 10;
const frameMs = 16;

/** A message that a search found, and the words searched for. */
export interface Found {
  messageId: string;
  query: string;
}

export interface ConversationState {
  /** Null: a chat that the first message will start. */
  openId: string | null;
  /** Null while no chat is open. */
  conversation: Loadable<Conversation> | null;
  /** Where a search opened this chat; null if no search did. */
  found: Found | null;
  /** How many times a place was opened. */
  visits: number;
  /** How many times the end was requested and read. */
  ends: number;
  /** With `found`, at that message, even if the chat is already open. */
  open: (chatId: string | null, found?: Found) => void;
  reload: () => Promise<void>;
  /** Reads the messages above or below those that have been read. */
  readMore: (direction: "earlier" | "later") => Promise<void>;
  /** Replaces the messages that have been read with the last ones. */
  goToEnd: () => Promise<void>;
  /** Resolves with all messages of the branch, reading those that are missing; with null if that failed. */
  readAll: () => Promise<Message[] | null>;
  /** Shows a chat that was just created. */
  begin: (chat: Chat) => void;
  /** Shows the messages that a run starts with, and follows the run. */
  start: (chatId: string, begun: BegunRun) => void;
  configure: (change: Omit<CallInput<"chats.configure">, "chatId">) => Promise<void>;
  /** Writes another version of a reply, or a reply to a question; with `modelId`, by that model. */
  regenerate: (messageId: string, modelId?: string) => Promise<void>;
  /** Continues a reply that ended early. */
  continueReply: (messageId: string) => Promise<void>;
  /** Leaves out the oldest messages from prompts. Resolves with whether there is room now. */
  dropOldest: () => Promise<boolean>;
  selectVersion: (messageId: string) => Promise<void>;
  /** Shows another version of a reply with this text, and resolves with its id. Rejects if it could not be stored. */
  editReply: (edit: KeptEdit & { toContinue?: boolean | undefined }) => Promise<string>;
  stop: () => Promise<void>;
  /** Ends the thought of the reply that is being written. The answer follows. */
  skipThought: () => Promise<void>;
  /** Shows the open chat, which is a plain chat, with formatting again. */
  showAsUsual: () => Promise<void>;
  /** Shows a reply that has ended as it was stored. */
  settle: (chatId: string, message: Message) => void;
  /** Applies changes to the list of chats. */
  hear: (news: ChatNews) => void;
  /** Shows the summary that a message has now. */
  hearSummary: (chatId: string, messageId: string, summary: EarlierSummary | null) => void;
  /** Applies changed settings of a chat. */
  hearConfigured: (chat: Chat) => void;
}
export type ConversationStore = StoreApi<ConversationState>;

export interface ConversationOptions {
  runs: RunsStore;
  onProblem: (problem: Problem | null) => void;
}

/** Creates the store of the open chat, with the messages that have been read. */
export function createConversationStore(door: Door, { runs, onProblem }: ConversationOptions): ConversationStore {
  const attempt = attempts(door, onProblem);
  /** How many calls of this window switch the branch: they show it themselves. */
  let switching = 0;
  const store = createStore<ConversationState>()((set, get) => {
    /** Returns the conversation of this chat if it is the one shown. */
    const shown = (chatId: string | null): Conversation | null => {
      const { conversation, openId } = get();
      return openId !== null && openId === chatId && conversation?.state === "ready" ? conversation.value : null;
    };
    const change = (chatId: string | null, changed: (before: Conversation) => Partial<Conversation>): void => {
      const before = shown(chatId);
      if (before === null) return;
      const value = { ...before, ...changed(before) };
      set({
        conversation: { state: "ready", value: { ...value, messages: keepIdentity(before.messages, value.messages) } },
      });
    };

    /** Reads as far down as was read before, unless that was the end. */
    const withPartsBelow = async (chatId: string, before: Conversation, again: Conversation): Promise<Conversation> => {
      const last = before.messages.at(-1)?.id;
      const most = before.messages.length + again.messages.length;
      let { messages, later } = again;
      while (later !== null && messages.length < most && !messages.some(({ id }) => id === last)) {
        const page = await door.call("chats.messages", { chatId, cursor: later, direction: "later" });
        messages = [...messages, ...page.messages];
        later = page.next;
      }
      return { ...again, messages, later };
    };

    /** What was told about the open chat while it was read again. */
    let told: Partial<Chat> = {};
    const hearOf = (chatId: string | null, news: Partial<Chat>): void => {
      if (chatId === null || get().openId !== chatId) return;
      told = { ...told, ...news };
      change(chatId, ({ chat }) => ({ chat: { ...chat, ...news } }));
    };

    /** The part of the chat to read next; null: the part that is shown, again. */
    let wanted: { at: string | null; atEnd: boolean } | null = null;
    const reload = coalesced(async () => {
      const { openId: chatId } = get();
      if (chatId === null) return;
      const asked = wanted;
      wanted = null;
      const old = shown(chatId);
      const same = { near: old?.later ? (old.messages[0]?.id ?? null) : null, atEnd: old?.later === null };
      try {
        let conversation = await door.call("chats.open", { chatId, ...(asked ?? same) });
        told = {};
        if (asked === null && old !== null) conversation = await withPartsBelow(chatId, old, conversation);
        if (get().openId !== chatId || wanted !== null) return;
        const before = shown(chatId);
        const value = asked === null && before !== null ? withPartsAbove(before, conversation) : conversation;
        const messages = keepIdentity(before?.messages ?? [], value.messages);
        set({ conversation: { state: "ready", value: { ...value, messages, chat: { ...value.chat, ...told } } } });
        if (conversation.chat.runId !== null) runs.getState().follow(chatId, conversation.chat.runId);
      } catch (error) {
        if (get().openId !== chatId) return;
        const problem = door.problem(error);
        // It was deleted, here or by another program. All that is left to do is to start another chat.
        if (problem.code === "chat-not-found") get().open(null);
        else set({ conversation: { state: "failed", problem } });
      }
    });

    /** Above zero while somebody waits for all messages. */
    let hurried = 0;
    const readPart = async (direction: "earlier" | "later"): Promise<void> => {
      const { openId: chatId } = get();
      const before = shown(chatId);
      const cursor = before?.[direction] ?? null;
      if (chatId === null || before === null || cursor === null) return;
      const page = await door.call("chats.messages", { chatId, cursor, direction });
      const isAbove = direction === "earlier";
      const outermost = ({ messages }: Pick<Conversation, "messages">): string | undefined =>
        messages.at(isAbove ? 0 : -1)?.id;
      let edge = outermost(before);
      let left = page.messages;
      do {
        const step = hurried > 0 ? left.length : messagesAtOnce;
        const part = isAbove ? left.slice(-step) : left.slice(0, step);
        left = isAbove ? left.slice(0, -step) : left.slice(step);
        const now = shown(chatId);
        // A different part of the chat is shown by now.
        if (now === null || now[direction] !== cursor || outermost(now) !== edge) return;
        change(chatId, () => ({
          messages: isAbove ? [...part, ...now.messages] : [...now.messages, ...part],
          ...(left.length === 0 ? { [direction]: page.next } : {}),
        }));
        edge = outermost({ messages: part }) ?? edge;
        if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, frameMs));
      } while (left.length > 0);
    };
    const readers = {
      earlier: coalesced(() => readPart("earlier")),
      later: coalesced(() => readPart("later")),
    };

    /** Shows another branch of the open chat: the messages that the call returns, in place of their versions. */
    const switchTo = async (call: () => Promise<MessagePage>): Promise<void> => {
      const { openId } = get();
      switching += 1;
      const { messages, next: later } = await call().finally(() => (switching -= 1));
      const before = shown(openId);
      const grafted = before && graftMessages(before, messages);
      if (grafted === null) await reload();
      else change(openId, () => ({ ...grafted, later }));
    };

    /** The chats in which a reply is being begun. */
    const beginning = new Set<string | null>();
    /** Begins a reply, once: a second press while one is being begun or written is no second wish. */
    const beginReply = async (call: () => Promise<BegunRun>): Promise<void> => {
      const { openId } = get();
      const runId = shown(openId)?.chat.runId ?? null;
      if (runId !== null || beginning.has(openId)) return;
      beginning.add(openId);
      await attempt(async () => {
        const begun = await call();
        if (openId !== null) get().start(openId, begun);
      });
      beginning.delete(openId);
    };

    return {
      openId: null,
      conversation: null,
      found: null,
      visits: 0,
      ends: 0,

      open: (chatId, found) => {
        const { openId } = get();
        if (chatId === openId && found === undefined) return;
        wanted = { at: found?.messageId ?? null, atEnd: false };
        if (chatId !== openId) {
          if (openId !== null) runs.getState().letGo(openId);
          set({
            openId: chatId,
            conversation: chatId === null ? null : { state: "loading" },
            found: found ?? null,
            visits: get().visits + 1,
          });
          onProblem(null);
          void reload();
          return;
        }
        // The old part stays visible until the new one has arrived.
        void reload().then(() => {
          if (get().openId === chatId && found !== undefined) set({ found, visits: get().visits + 1 });
        });
      },
      reload,
      readMore: (direction) => readers[direction]().catch((error: unknown) => onProblem(door.problem(error))),
      goToEnd: async () => {
        wanted = { at: null, atEnd: true };
        await reload();
        set({ ends: get().ends + 1 });
      },
      readAll: () =>
        attempt(async () => {
          const { openId } = get();
          hurried += 1;
          try {
            for (const direction of ["earlier", "later"] as const) {
              while ((shown(openId)?.[direction] ?? null) !== null) await readers[direction]();
            }
          } finally {
            hurried -= 1;
          }
          return shown(openId)?.messages ?? [];
        }),
      begin: (chat) =>
        set({
          openId: chat.id,
          conversation: { state: "ready", value: { chat, messages: [], earlier: null, later: null } },
          found: null,
        }),
      start: (chatId, { runId, messages }) => {
        if (get().openId !== chatId) return;
        const before = shown(chatId);
        const known = before?.messages.find(({ id }) => id === runId);
        const isHere = known !== undefined && !isToBeContinued(known, messages.at(-1));
        const grafted = before && graftMessages(before, messages);
        if (grafted === null) void get().goToEnd();
        else if (!isHere) change(chatId, ({ chat }) => ({ ...grafted, later: null, chat: { ...chat, runId } }));
        runs.getState().follow(chatId, runId);
      },
      configure: async (changed) => {
        await attempt(async () => {
          const { openId: chatId } = get();
          if (chatId === null) return;
          // `chats.configured` tells this window too.
          await door.call("chats.configure", { chatId, ...changed });
        });
      },
      regenerate: (messageId, modelId) =>
        beginReply(() => door.call("chats.regenerate", { messageId, modelId: modelId ?? null })),
      continueReply: (messageId) => beginReply(() => door.call("chats.continue", { messageId })),
      dropOldest: async () => {
        const { openId: chatId } = get();
        if (chatId === null) return false;
        return (await attempt(() => door.call("chats.dropOldest", { chatId }))) !== null;
      },
      selectVersion: async (messageId) => {
        await attempt(() => switchTo(() => door.call("chats.selectVersion", { messageId })));
      },
      editReply: async (edit) => {
        let editedId = "";
        await switchTo(async () => {
          const edited = await door.call("chats.editReply", edit);
          editedId = edited.id;
          return { messages: [edited], next: null };
        });
        return editedId;
      },
      stop: async () => {
        const { openId } = get();
        if (openId !== null) await attempt(() => runs.getState().stop(openId));
      },
      skipThought: async () => {
        const { openId } = get();
        if (openId !== null) await attempt(() => runs.getState().skipThought(openId));
      },
      showAsUsual: async () => {
        await attempt(async () => {
          const { openId: chatId } = get();
          if (chatId === null) return;
          await door.call("chats.showAsUsual", { chatId });
        });
      },
      settle: (chatId, message) => {
        change(chatId, ({ chat, messages, later }) => {
          const isHere = messages.some(({ id }) => id === message.id);
          const settled = isHere
            ? messages.map((old) => (old.id === message.id ? message : old))
            : later === null
              ? [...messages, message]
              : messages;
          return { messages: settled, chat: { ...chat, runId: chat.runId === message.id ? null : chat.runId } };
        });
      },
      hear: ({ chats, removed }) => {
        const { openId } = get();
        if (openId !== null && removed.includes(openId)) get().open(null);
        const listed = chats.find(({ id }) => id === openId);
        if (listed !== undefined) hearOf(openId, listed);
      },
      hearSummary: (chatId, messageId, summary) =>
        change(chatId, ({ messages }) => ({
          messages: messages.map((message) => {
            if (message.id !== messageId) return message;
            const { summary: _before, ...others } = message;
            return summary === null ? others : { ...others, summary };
          }),
        })),
      hearConfigured: (chat) => hearOf(chat.id, chat),
    };
  });

  onNamed(door, "chats.configured", (chat) => store.getState().hearConfigured(chat));
  onNamed(door, "chats.summarized", ({ chatId, messageId, summary }) =>
    store.getState().hearSummary(chatId, messageId, summary),
  );
  onNamed(door, "chats.branchChanged", ({ chatId }) => {
    if (chatId === store.getState().openId && switching === 0) void store.getState().reload();
  });
  onNamed(door, "runs.started", ({ chatId, ...begun }) => store.getState().start(chatId, begun));
  onNamed(door, "runs.ended", ({ chatId, runId, message }) => {
    // In case the run's last frame is lost, the reply is shown before the run is unfollowed.
    store.getState().settle(chatId, message);
    if (chatId === store.getState().openId) runs.getState().letGo(chatId, runId);
  });
  return store;
}

/** Returns whether `begun` is this reply, opened again to be continued, and the window does not know that yet. */
function isToBeContinued(known: Message, begun: Message | undefined): boolean {
  const hasText = known.text !== "" || known.thought !== null;
  return hasText && known.state !== "streaming" && known.text === begun?.text && known.thought === begun.thought;
}

/** Returns the part that was read again, preceded by what had been read above it. */
function withPartsAbove(before: Conversation, again: Conversation): Conversation {
  const index = before.messages.findIndex(({ id }) => id === again.messages[0]?.id);
  if (index <= 0) return again;
  return { ...again, messages: [...before.messages.slice(0, index), ...again.messages], earlier: before.earlier };
}
