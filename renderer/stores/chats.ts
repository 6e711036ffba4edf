import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatSummary, Conversation, Message, Thinking } from "../../electron/contract/chats.ts";
import { type Problem, WorkbenchError } from "../../electron/contract/errors.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { keepIdentity } from "./keepIdentity.ts";
import type { Loadable } from "./loadable.ts";
import type { RunsStore } from "./runs.ts";

/** A deleted chat that can still be brought back. */
export interface Deletion {
  chatId: string;
  title: string;
}

/** Null: as the settings say. */
interface Beginning {
  thinking: Thinking | null;
  modelId: string | null;
  systemPrompt: string;
}

const nothingChosen: Beginning = { thinking: null, modelId: null, systemPrompt: "" };

export interface ChatsState {
  query: string;
  list: Loadable<ChatSummary[]>;
  /** Null: a chat that begins with the first message. */
  openId: string | null;
  /** Null while no chat is open. */
  conversation: Loadable<Conversation> | null;
  /** What was chosen for the chat that begins with the next message. */
  begin: Beginning;
  /** The user message being rewritten in the composer. */
  editing: { messageId: string; text: string } | null;
  /** Changes when the composer must show another text. */
  composerKey: number;
  sending: boolean;
  deletions: Deletion[];
  /** Why the last thing asked for here failed. */
  problem: Problem | null;

  search: (query: string) => void;
  refreshList: () => Promise<void>;
  open: (chatId: string | null) => void;
  reload: () => Promise<void>;
  rename: (chatId: string, title: string) => Promise<void>;
  remove: (chatId: string) => Promise<void>;
  undoRemove: (chatId: string) => Promise<void>;
  /** Ends the time for undoing: the chat is erased. */
  purge: (chatId: string) => Promise<void>;
  setThinking: (thinking: Thinking) => Promise<void>;
  setModel: (modelId: string) => Promise<void>;
  setSystemPrompt: (systemPrompt: string) => Promise<void>;
  /** Sends a message, or the rewritten one; true once main has committed it. */
  send: (text: string) => Promise<boolean>;
  edit: (messageId: string) => void;
  cancelEdit: () => void;
  regenerate: (messageId: string) => Promise<void>;
  selectVersion: (messageId: string) => Promise<void>;
  stop: () => Promise<void>;
  /** Shows the open chat, which is plain, as usual. */
  showAsUsual: () => Promise<void>;
  /** A reply has ended: shows it as it is kept. */
  settle: (chatId: string, message: Message) => void;
  dismissProblem: () => void;
}
export interface ChatsStore extends StoreApi<ChatsState> {
  drafts: Drafts;
}

export interface ChatsOptions {
  runs: RunsStore;
  draftDelayMs?: number;
}

export function createChatsStore(door: Door, { runs, draftDelayMs }: ChatsOptions): ChatsStore {
  const drafts = createDrafts((chatId, draft) => {
    door.call("chats.saveDraft", { chatId, draft }).catch((error: unknown) => {
      store.setState({ problem: door.problem(error) });
    });
  }, draftDelayMs);

  const store = createStore<ChatsState>()((set, get) => {
    const attempt = async (work: () => Promise<void>): Promise<boolean> => {
      set({ problem: null });
      try {
        await work();
        return true;
      } catch (error) {
        set({ problem: door.problem(error) });
        return false;
      }
    };

    /** Shows a conversation if its chat is still the open one, and follows its run. */
    const show = (conversation: Conversation): void => {
      const { chat, messages } = conversation;
      if (get().openId !== chat.id) return;
      const before = get().conversation;
      const known = before?.state === "ready" ? before.value.messages : [];
      set({ conversation: { state: "ready", value: { chat, messages: keepIdentity(known, messages) } } });
      if (chat.runId !== null) runs.getState().follow(chat.id, chat.runId);
    };

    const reload = coalesced(async () => {
      const chatId = get().openId;
      if (chatId === null) return;
      try {
        show(await door.call("chats.open", { chatId }));
      } catch (error) {
        if (get().openId !== chatId) return;
        const problem = door.problem(error);
        // Deleted, here or by another program: what is left to do is to begin another.
        if (problem.code === "chat-not-found") get().open(null);
        else set({ conversation: { state: "failed", problem } });
      }
    });

    const refreshList = coalesced(async () => {
      try {
        set({ list: { state: "ready", value: await door.call("chats.list", { query: get().query }) } });
      } catch (error) {
        set({ list: { state: "failed", problem: door.problem(error) } });
      }
    });

    const leave = (): void => {
      drafts.flush();
      const { openId } = get();
      if (openId !== null) runs.getState().letGo(openId);
    };

    /** The open chat, begun in main if need be. The composer keeps its text and its focus. */
    const beginChat = async (): Promise<string> => {
      const { openId, begin } = get();
      if (openId !== null) return openId;
      let chat = await door.call("chats.create", { modelId: begin.modelId });
      const { thinking, systemPrompt } = begin;
      if ((thinking !== null && thinking !== chat.thinking) || systemPrompt !== "") {
        const chosen = { thinking: thinking ?? chat.thinking, systemPrompt };
        chat = await door.call("chats.configure", { chatId: chat.id, ...chosen });
      }
      set({
        openId: chat.id,
        conversation: { state: "ready", value: { chat, messages: [] } },
        begin: nothingChosen,
      });
      return chat.id;
    };

    const follow = async (chatId: string, runId: string): Promise<void> => {
      if (get().openId === chatId) runs.getState().follow(chatId, runId);
      await reload();
    };

    const configure = (change: { thinking?: Thinking; modelId?: string; systemPrompt?: string }) =>
      attempt(async () => {
        const { openId, begin } = get();
        if (openId === null) {
          set({ begin: { ...begin, ...change } });
          return;
        }
        const chat = await door.call("chats.configure", { chatId: openId, ...change });
        const { conversation } = get();
        if (conversation?.state === "ready" && get().openId === chat.id) {
          set({ conversation: { state: "ready", value: { ...conversation.value, chat } } });
        }
      });

    return {
      query: "",
      list: { state: "loading" },
      openId: null,
      conversation: null,
      begin: nothingChosen,
      editing: null,
      composerKey: 0,
      sending: false,
      deletions: [],
      problem: null,

      search: (query) => {
        set({ query });
        void refreshList();
      },
      refreshList,
      open: (chatId) => {
        if (chatId === get().openId) return;
        leave();
        set({
          openId: chatId,
          conversation: chatId === null ? null : { state: "loading" },
          editing: null,
          problem: null,
          composerKey: get().composerKey + 1,
        });
        void reload();
      },
      reload,
      rename: async (chatId, title) => {
        await attempt(async () => {
          await door.call("chats.rename", { chatId, title });
          await Promise.all([refreshList(), get().openId === chatId ? reload() : undefined]);
        });
      },
      remove: async (chatId) => {
        const { list } = get();
        const title = list.state === "ready" ? list.value.find(({ id }) => id === chatId)?.title : undefined;
        await attempt(async () => {
          if (get().openId === chatId) drafts.flush();
          await door.call("chats.delete", { chatId });
          set({ deletions: [...get().deletions, { chatId, title: title ?? "" }] });
          if (get().openId === chatId) get().open(null);
          await refreshList();
        });
      },
      undoRemove: async (chatId) => {
        await attempt(async () => {
          await door.call("chats.restore", { chatId });
          set({ deletions: get().deletions.filter((deletion) => deletion.chatId !== chatId) });
          await refreshList();
        });
      },
      purge: async (chatId) => {
        set({ deletions: get().deletions.filter((deletion) => deletion.chatId !== chatId) });
        await attempt(async () => {
          await door.call("chats.purge", { chatId });
        });
      },
      setThinking: async (thinking) => {
        await configure({ thinking });
      },
      setModel: async (modelId) => {
        await configure({ modelId });
      },
      setSystemPrompt: async (systemPrompt) => {
        await configure({ systemPrompt });
      },
      send: async (text) => {
        if (get().sending) return false;
        set({ sending: true });
        const { editing } = get();
        const sent = await attempt(async () => {
          // Main refuses it too; asked here, an empty message begins no chat.
          if (!/\S/.test(text)) throw new WorkbenchError("prompt-empty");
          const beganHere = get().openId === null;
          const chatId = await beginChat();
          const { runId } = editing
            ? await door.call("chats.edit", { messageId: editing.messageId, text })
            : await door.call("chats.send", { chatId, text });
          if (editing) set({ editing: null, composerKey: get().composerKey + 1 });
          else drafts.clear(chatId);
          if (beganHere) drafts.clear(null);
          await follow(chatId, runId);
        });
        set({ sending: false });
        return sent;
      },
      edit: (messageId) => {
        const { conversation } = get();
        if (conversation?.state !== "ready") return;
        const message = conversation.value.messages.find(({ id }) => id === messageId);
        if (!message) return;
        drafts.flush();
        set({ editing: { messageId, text: message.text }, composerKey: get().composerKey + 1 });
      },
      cancelEdit: () => set({ editing: null, composerKey: get().composerKey + 1 }),
      showAsUsual: async () => {
        await attempt(async () => {
          const { openId } = get();
          if (openId === null) return;
          await door.call("chats.showAsUsual", { chatId: openId });
          await reload();
        });
      },
      regenerate: async (messageId) => {
        await attempt(async () => {
          const chatId = get().openId;
          const { runId } = await door.call("chats.regenerate", { messageId });
          if (chatId !== null) await follow(chatId, runId);
        });
      },
      selectVersion: async (messageId) => {
        await attempt(async () => show(await door.call("chats.selectVersion", { messageId })));
      },
      stop: async () => {
        const { openId } = get();
        if (openId !== null) await attempt(() => runs.getState().stop(openId));
      },
      settle: (chatId, message) => {
        const { conversation, openId } = get();
        if (openId !== chatId || conversation?.state !== "ready") return;
        const { chat, messages } = conversation.value;
        const isKnown = messages.some(({ id }) => id === message.id);
        const settled = isKnown
          ? messages.map((old) => (old.id === message.id ? message : old))
          : [...messages, message];
        set({ conversation: { state: "ready", value: { chat: { ...chat, runId: null }, messages: settled } } });
        void reload();
      },
      dismissProblem: () => set({ problem: null }),
    };
  });

  // Chosen anywhere, a model serves the chat that begins next: the newest choice counts.
  let defaultModelId: string | null | undefined;
  onNamed(door, "settings.changed", (settings) => {
    const isNews = settings.defaultModelId !== defaultModelId;
    defaultModelId = settings.defaultModelId;
    if (isNews) store.setState(({ begin }) => ({ begin: { ...begin, modelId: null } }));
  });
  onNamed(door, "chats.changed", ({ chatId }) => {
    const { openId, refreshList, reload } = store.getState();
    void refreshList();
    if (openId !== null && (chatId === null || chatId === openId)) void reload();
  });
  onNamed(door, "runs.started", ({ chatId, runId }) => {
    const { openId, refreshList, reload } = store.getState();
    void refreshList();
    if (chatId !== openId) return;
    runs.getState().follow(chatId, runId);
    void reload();
  });
  onNamed(door, "runs.ended", ({ chatId, runId }) => {
    const { openId, refreshList, reload } = store.getState();
    void refreshList();
    // Should the run's last frame be lost, the kept reply is shown before the run is let go.
    if (chatId === openId) void reload().then(() => runs.getState().letGo(chatId, runId));
  });
  void store.getState().refreshList();
  door.call("chats.newDraft", {}).then(
    (draft) => {
      if (drafts.offer(null, draft) && store.getState().openId === null) {
        store.setState(({ composerKey }) => ({ composerKey: composerKey + 1 }));
      }
    },
    (error: unknown) => store.setState({ problem: door.problem(error) }),
  );
  return Object.assign(store, { drafts });
}
