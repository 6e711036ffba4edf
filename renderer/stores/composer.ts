import { createStore, type StoreApi } from "zustand/vanilla";
import type { Thinking } from "../../electron/contract/chats.ts";
import { type Problem, WorkbenchError } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";
import { createDrafts, type Drafts } from "./drafts.ts";

/** Null: as the settings say. */
export interface Beginning {
  thinking: Thinking | null;
  modelId: string | null;
  systemPrompt: string;
}

const nothingChosen: Beginning = { thinking: null, modelId: null, systemPrompt: "" };

export interface ComposerState {
  /** What was chosen for the chat that begins with the next message. */
  begin: Beginning;
  /** The user message being rewritten. */
  editing: { messageId: string; text: string } | null;
  /** Changes when another text must be shown. */
  composerKey: number;
  sending: boolean;
  /** Why the last thing asked for in the chats failed. */
  problem: Problem | null;
  setThinking: (thinking: Thinking) => Promise<void>;
  setModel: (modelId: string) => Promise<void>;
  setSystemPrompt: (systemPrompt: string) => Promise<void>;
  /** Sends a message, or the rewritten one; true once main has committed it. */
  send: (text: string) => Promise<boolean>;
  edit: (messageId: string) => Promise<void>;
  cancelEdit: () => void;
  dismissProblem: () => void;
}
export interface ComposerStore extends StoreApi<ComposerState> {
  drafts: Drafts;
}

export interface ComposerOptions {
  conversation: ConversationStore;
  draftDelayMs?: number;
}

/** What is being written to the open chat, or to the one that begins with the next message. */
export function createComposerStore(door: Door, { conversation, draftDelayMs }: ComposerOptions): ComposerStore {
  const drafts = createDrafts((chatId, draft) => {
    door.call("chats.saveDraft", { chatId, draft }).catch((error: unknown) => {
      store.setState({ problem: door.problem(error) });
    });
  }, draftDelayMs);
  /** A chat that begins here keeps the text and the focus of the composer. */
  let beginning = false;

  const store = createStore<ComposerState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));

    /** The open chat, begun in main if need be. */
    const beginChat = async (): Promise<string> => {
      const { openId } = conversation.getState();
      if (openId !== null) return openId;
      const { modelId, thinking, systemPrompt } = get().begin;
      let chat = await door.call("chats.create", { modelId });
      if ((thinking !== null && thinking !== chat.thinking) || systemPrompt !== "") {
        const chosen = { thinking: thinking ?? chat.thinking, systemPrompt };
        chat = await door.call("chats.configure", { chatId: chat.id, ...chosen });
      }
      beginning = true;
      conversation.getState().begin(chat);
      beginning = false;
      set({ begin: nothingChosen });
      return chat.id;
    };

    const configure = async (change: { thinking?: Thinking; modelId?: string; systemPrompt?: string }) => {
      if (conversation.getState().openId === null) set({ begin: { ...get().begin, ...change } });
      else await conversation.getState().configure(change);
    };
    const find = (messageId: string): string | undefined => {
      const { conversation: shown } = conversation.getState();
      return shown?.state === "ready" ? shown.value.messages.find(({ id }) => id === messageId)?.text : undefined;
    };

    return {
      begin: nothingChosen,
      editing: null,
      composerKey: 0,
      sending: false,
      problem: null,

      setThinking: (thinking) => configure({ thinking }),
      setModel: (modelId) => configure({ modelId }),
      setSystemPrompt: (systemPrompt) => configure({ systemPrompt }),
      send: async (text) => {
        if (get().sending) return false;
        set({ sending: true });
        const { editing } = get();
        const sent = await attempt(async () => {
          // Main refuses it too; asked here, an empty message begins no chat.
          if (!/\S/.test(text)) throw new WorkbenchError("prompt-empty");
          const beganHere = conversation.getState().openId === null;
          const chatId = await beginChat();
          const begun = editing
            ? await door.call("chats.edit", { messageId: editing.messageId, text })
            : await door.call("chats.send", { chatId, text });
          if (editing) set({ editing: null, composerKey: get().composerKey + 1 });
          else drafts.clear(chatId);
          if (beganHere) drafts.clear(null);
          conversation.getState().start(chatId, begun);
          return true;
        });
        set({ sending: false });
        return sent === true;
      },
      edit: async (messageId) => {
        const { openId, readMore } = conversation.getState();
        // It can be just above what was read.
        if (find(messageId) === undefined) await readMore("earlier");
        const text = find(messageId);
        if (text === undefined || conversation.getState().openId !== openId) return;
        drafts.flush();
        set({ editing: { messageId, text }, composerKey: get().composerKey + 1 });
      },
      cancelEdit: () => set({ editing: null, composerKey: get().composerKey + 1 }),
      dismissProblem: () => set({ problem: null }),
    };
  });

  conversation.subscribe(({ openId }, before) => {
    if (openId === before.openId || beginning) return;
    drafts.flush();
    store.setState(({ composerKey }) => ({ editing: null, composerKey: composerKey + 1 }));
  });
  // Chosen anywhere, a model serves the chat that begins next: the newest choice counts.
  let defaultModelId: string | null | undefined;
  onNamed(door, "settings.changed", (settings) => {
    const isNews = settings.defaultModelId !== defaultModelId;
    defaultModelId = settings.defaultModelId;
    if (isNews) store.setState(({ begin }) => ({ begin: { ...begin, modelId: null } }));
  });
  door.call("chats.newDraft", {}).then(
    (draft) => {
      if (drafts.offer(null, draft) && conversation.getState().openId === null) {
        store.setState(({ composerKey }) => ({ composerKey: composerKey + 1 }));
      }
    },
    (error: unknown) => store.setState({ problem: door.problem(error) }),
  );
  return Object.assign(store, { drafts });
}
