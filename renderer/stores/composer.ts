import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  Beginning,
  BegunRun,
  Conversation,
  Draft,
  KeptEdit,
  Message,
  Thinking,
} from "../../electron/contract/chats.ts";
import { defaultReplySettings } from "../../electron/contract/defaultReplySettings.ts";
import { shownAnswer } from "../../electron/contract/shownAnswer.ts";
import type { ReplySettings } from "../../electron/contract/replySettings.ts";
import { type Problem, WorkbenchError } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import type { DocumentsStore } from "./documents.ts";
import { type Door, onNamed } from "./door.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { createKeptEdits } from "./keptEdits.ts";
import { sendDraft } from "./sendDraft.ts";
import type { SettingsStore } from "./settings.ts";

/** What the user chose for the chat that the next message starts. */
export interface NewChat extends Beginning {
  /** Null stands for the default. It is not kept: a model becomes the default, or serves only the chat it was chosen for. */
  modelId: string | null;
}

const nothingChosen: NewChat = {
  thinking: null,
  modelId: null,
  systemPrompt: "",
  replySettings: defaultReplySettings,
};

export interface HowSent {
  /** Whether the model continues a reply that was edited. */
  toContinue?: boolean;
  /** How many answers a new message is to get. If left out, one. */
  answers?: number;
}

export interface ComposerState {
  begin: NewChat;
  /** The message that is being edited, as it was when the edit began or its chat was left. */
  editing: KeptEdit | null;
  /** Who wrote that message. Null until it is known: it may be far above the messages that have been read. */
  editedRole: Message["role"] | null;
  /** Changes when the composer must show a different text. */
  composerKey: number;
  sending: boolean;
  /** Why the last request in the chats failed. */
  problem: Problem | null;
  setThinking: (thinking: Thinking) => Promise<void>;
  setModel: (modelId: string) => Promise<void>;
  setSystemPrompt: (systemPrompt: string) => Promise<void>;
  /** Those that are left out stay. */
  setReplySettings: (replySettings: Partial<ReplySettings>) => Promise<void>;
  /** Sends a new message, made from this draft, or an edited one. Resolves with true once main has committed it. */
  send: (text: string, from?: Draft, how?: HowSent) => Promise<boolean>;
  /** Edits a message, or the thought of a reply. */
  edit: (messageId: string, part?: "thought") => Promise<void>;
  /** Edits the last question of the open chat, unless a reply is being written. */
  editLast: () => Promise<void>;
  cancelEdit: () => void;
  dismissProblem: () => void;
}
export interface ComposerStore extends StoreApi<ComposerState> {
  drafts: Drafts;
  /** Called on each keystroke in a message that is being edited. */
  noteEdit: (read: () => string) => void;
  /** Returns the message that is being edited as it was last typed. */
  editedText: () => string;
  /** Saves what was typed in chats that have been read. */
  save: () => void;
  /** Saves everything that was typed and is not saved yet. */
  flush: () => void;
}

export interface ComposerOptions {
  conversation: ConversationStore;
  documents: DocumentsStore;
  settings: SettingsStore;
  draftDelayMs?: number;
}

/** Creates the store of what is being written to the open chat, or to the one that the next message starts. */
export function createComposerStore(
  door: Door,
  { conversation, documents, settings, draftDelayMs }: ComposerOptions,
): ComposerStore {
  const drafts = createDrafts({
    save: async (chatId, draft, before) => {
      try {
        return await door.call("chats.saveDraft", { chatId, ...draft, before });
      } catch (error) {
        const problem = door.problem(error);
        if (problem.code === "chat-not-found") return "gone";
        store.setState({ problem });
        return null;
      }
    },
    isOpen: (chatId) => conversation.getState().openId === chatId,
    delayMs: draftDelayMs,
  });
  /** The unfinished edits of the chats that are not open. */
  const edits = new Map<string | null, KeptEdit>();
  const kept = createKeptEdits({
    save: (chatId, edit) => {
      door.call("chats.saveEdit", { chatId, edit }).catch((error: unknown) => {
        // Nothing is left to keep of a chat that is gone.
        const problem = door.problem(error);
        if (problem.code !== "chat-not-found") store.setState({ problem });
      });
    },
    delayMs: draftDelayMs,
  });
  let readEdit: (() => string) | null = null;
  /** The messages whose text has been changed in an edit. */
  const typedIn = new Set<string>();
  /** Who wrote the messages that were edited. */
  const roles = new Map<string, Message["role"]>();
  const editedText = (): string => readEdit?.() ?? store.getState().editing?.text ?? "";
  const showEdit = (editing: KeptEdit | null): void => {
    readEdit = null;
    const editedRole = editing === null ? null : (roles.get(editing.messageId) ?? null);
    store.setState(({ composerKey }) => ({ editing, editedRole, composerKey: composerKey + 1 }));
  };
  /** Finds out who wrote a message that is edited: one of these, or one that has not been read. */
  const learnRole = async (chatId: string, messageId: string, messages: readonly Message[]): Promise<void> => {
    if (roles.has(messageId)) return;
    const isIt = ({ id }: Message): boolean => id === messageId;
    try {
      const found =
        messages.find(isIt) ?? (await door.call("chats.open", { chatId, near: messageId })).messages.find(isIt);
      if (found === undefined) return;
      roles.set(messageId, found.role);
      if (store.getState().editing?.messageId === messageId) store.setState({ editedRole: found.role });
    } catch (error) {
      store.setState({ problem: door.problem(error) });
    }
  };
  /** Whether main keeps choices for the next new chat. */
  let hasKept = false;
  /** When the next message starts a chat, the composer keeps its text and focus. */
  let beginning = false;

  const store = createStore<ComposerState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));

    /** Keeps what is chosen for the next new chat, also for the next start. */
    const choose = (begin: NewChat): void => {
      const { modelId: _, ...beginning } = begin;
      set({ begin });
      const isNothing = !isChosen(beginning);
      if (isNothing && !hasKept) return;
      hasKept = !isNothing;
      door.call("chats.saveBeginning", { beginning: isNothing ? null : beginning }).catch((error: unknown) => {
        set({ problem: door.problem(error) });
      });
    };

    /** Resolves with the open chat, which main creates if necessary. */
    const beginChat = async (): Promise<string> => {
      const { openId } = conversation.getState();
      if (openId !== null) return openId;
      const { modelId, thinking, systemPrompt, replySettings } = get().begin;
      let chat = await door.call("chats.create", { modelId });
      const hasSettings = systemPrompt !== "" || Object.values(replySettings).some((value) => value !== null);
      if ((thinking !== null && thinking !== chat.thinking) || hasSettings) {
        const chosen = { thinking: thinking ?? chat.thinking, systemPrompt, replySettings };
        chat = await door.call("chats.configure", { chatId: chat.id, ...chosen });
      }
      await documents.getState().begin(chat.id);
      beginning = true;
      drafts.begin(chat.id);
      conversation.getState().begin(chat);
      beginning = false;
      choose(nothingChosen);
      return chat.id;
    };

    const configure = async (change: {
      thinking?: Thinking;
      modelId?: string;
      systemPrompt?: string;
      replySettings?: Partial<ReplySettings>;
    }) => {
      const { begin } = get();
      const replySettings = { ...begin.replySettings, ...change.replySettings };
      if (conversation.getState().openId === null) choose({ ...begin, ...change, replySettings });
      else await conversation.getState().configure(change);
    };
    const sendEdit = async (chatId: string, edit: KeptEdit, toContinue: boolean): Promise<BegunRun | null> => {
      const isReply = (await roleOf(edit.messageId)) === "assistant";
      let begun: BegunRun | null = null;
      let editedId: string | null = null;
      if (isReply) editedId = await conversation.getState().editReply(toContinue ? { ...edit, toContinue } : edit);
      else begun = await door.call("chats.edit", { messageId: edit.messageId, text: edit.text });
      kept.sent();
      if (conversation.getState().openId === chatId) showEdit(null);
      else edits.delete(chatId);
      if (toContinue && editedId !== null) begun = await door.call("chats.continue", { messageId: editedId });
      return begun;
    };
    const find = (messageId: string): Message | undefined => {
      const { conversation: shown } = conversation.getState();
      return shown?.state === "ready" ? shown.value.messages.find(({ id }) => id === messageId) : undefined;
    };
    /** Who wrote a message of the open chat. */
    const roleOf = async (messageId: string): Promise<Message["role"] | undefined> => {
      // An edit that was kept may be of a message that has not been read.
      if (find(messageId) === undefined) await conversation.getState().readAll();
      return find(messageId)?.role;
    };

    return {
      begin: nothingChosen,
      editing: null,
      editedRole: null,
      composerKey: 0,
      sending: false,
      problem: null,

      setThinking: (thinking) => configure({ thinking }),
      setModel: (modelId) => configure({ modelId }),
      setSystemPrompt: (systemPrompt) => configure({ systemPrompt }),
      setReplySettings: (replySettings) => configure({ replySettings }),
      send: async (text, from = { draft: text, pasted: [] }, { toContinue = false, answers } = {}) => {
        if (get().sending) return false;
        set({ sending: true });
        const { editing } = get();
        drafts.flush();
        const sent = await attempt(async () => {
          // Main refuses it too; checked here, so that an empty message does not create a chat.
          if (!/\S/.test(text)) throw new WorkbenchError("prompt-empty");
          const chatId = await beginChat();
          const begun = editing
            ? await sendEdit(chatId, { ...editing, text }, toContinue)
            : await sendDraft(door, { drafts, documents }, { chatId, text, from, answers });
          if (begun !== null) conversation.getState().start(chatId, begun);
          return true;
        });
        set({ sending: false });
        return sent === true;
      },
      edit: async (messageId, part) => {
        const { openId, readMore } = conversation.getState();
        // It may be just above the messages that have been read.
        if (find(messageId) === undefined) await readMore("earlier");
        const message = find(messageId);
        if (message === undefined || conversation.getState().openId !== openId) return;
        drafts.flush();
        const { role, text, thought } = message;
        roles.set(messageId, role);
        if (part === "thought") showEdit({ messageId, text: thought ?? "", part });
        else showEdit({ messageId, text: role === "assistant" ? shownAnswer(text) : text });
      },
      editLast: async () => {
        const { conversation: shown, goToEnd } = conversation.getState();
        if (shown?.state !== "ready" || shown.value.chat.runId !== null) return;
        // The end of the chat may not have been read.
        if (shown.value.later !== null) await goToEnd();
        const now = conversation.getState().conversation;
        const last = now?.state === "ready" ? now.value.messages.findLast(({ role }) => role === "user") : undefined;
        if (last !== undefined) await get().edit(last.id);
      },
      cancelEdit: () => {
        const { openId } = conversation.getState();
        if (openId !== null) kept.drop(openId);
        showEdit(null);
      },
      dismissProblem: () => set({ problem: null }),
    };
  });

  conversation.subscribe(({ openId, conversation: shown }, before) => {
    const { editing } = store.getState();
    if (openId !== before.openId && !beginning) {
      drafts.flush();
      kept.flush();
      drafts.leave(before.openId);
      if (editing) edits.set(before.openId, { ...editing, text: editedText() });
      showEdit(edits.get(openId) ?? null);
      edits.delete(openId);
    }
    const isRead = shown?.state === "ready" && (openId !== before.openId || before.conversation?.state !== "ready");
    if (!isRead || beginning) return;
    const isTyping = drafts.offer(openId, shown.value.chat);
    const now = store.getState().editing;
    const next = now ?? shown.value.chat.edit;
    if (next === null) return;
    if (!isGone(next.messageId, shown.value)) {
      void learnRole(shown.value.chat.id, next.messageId, shown.value.messages);
      // Whoever is typing a message already finishes that one. The edit is shown when the chat is opened again.
      if (now === null && !isTyping) showEdit(next);
      return;
    }
    // Its message was deleted with the reply above it. The words stay.
    if (now === null || typedIn.has(now.messageId))
      drafts.add(shown.value.chat.id, now === null ? next.text : editedText());
    kept.drop(shown.value.chat.id);
    showEdit(null);
  });
  onNamed(door, "chats.draftChanged", ({ chatId, ...draft }) => drafts.hear(chatId, draft));
  // A model chosen anywhere is used for the chat that starts next: the newest choice takes effect.
  settings.subscribe(({ settings: now }, { settings: before }) => {
    if (before === null || now?.defaultModelId === before.defaultModelId) return;
    store.setState(({ begin }) => ({ begin: { ...begin, modelId: null } }));
  });
  door.call("chats.newDraft", {}).then(
    ({ beginning: kept, ...draft }) => {
      drafts.offer(null, draft);
      if (kept === null) return;
      hasKept = true;
      // What was chosen since the start is newer.
      store.setState(({ begin }) => (isChosen(begin) ? {} : { begin: { ...begin, ...kept } }));
    },
    (error: unknown) => store.setState({ problem: door.problem(error) }),
  );
  const noteEdit = (read: () => string): void => {
    readEdit = read;
    const { openId } = conversation.getState();
    const { editing } = store.getState();
    if (openId === null || editing === null) return;
    typedIn.add(editing.messageId);
    kept.note(openId, editing, read);
  };
  const flush = (): void => {
    drafts.flush();
    kept.flush();
  };
  const save = (): void => {
    drafts.save();
    kept.flush();
  };
  return Object.assign(store, { drafts, noteEdit, editedText, save, flush });
}

/** Returns whether anything differs from a chat for which nothing was chosen. */
function isChosen({ thinking, systemPrompt, replySettings }: Beginning): boolean {
  return thinking !== null || systemPrompt !== "" || Object.values(replySettings).some((value) => value !== null);
}

/** Returns whether the whole branch is known and neither the message nor another version of it is there. */
function isGone(messageId: string, { messages, earlier, later }: Conversation): boolean {
  if (earlier !== null || later !== null) return false;
  return !messages.some(({ id, version }) => id === messageId || version.ids.includes(messageId));
}
