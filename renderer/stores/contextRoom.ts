import { createStore, type StoreApi } from "zustand/vanilla";
import type { NextPrompt } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { isTemporary } from "../../electron/contract/isTemporary.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

/** The part that is being summarized, counted from 1. */
export interface SummaryProgress {
  part: number;
  parts: number;
}

/** The words of a new chat that begins with a summary, in the user's language. */
export interface SummaryWords {
  title: string;
  draft: (summary: string) => string;
}

export interface ContextRoomState {
  /** The chats that are being summarized. */
  summaries: Readonly<Record<string, SummaryProgress>>;
  /** Resolves with a context that fits and is larger than this one, in tokens, or with null if there is none. */
  largerContext: (modelId: string, contextSize: number) => Promise<number | null>;
  /** Uses this context for the model from now on. Resolves with whether it could be stored. */
  useContext: (modelId: string, contextSize: number) => Promise<boolean>;
  /**
   * Has the open chat summarized, and opens a new chat whose draft is the summary. Resolves with false if the model
   * wrote none.
   */
  continueInNewChat: (words: SummaryWords) => Promise<boolean>;
  /** Has the oldest messages of the open chat summarized. Resolves with whether there is room now. */
  summarizeHere: () => Promise<boolean>;
  cancelSummary: (chatId: string) => Promise<void>;
  /** Changes the summary of a message and those above it, or with null removes it. Resolves with whether it was stored. */
  editSummary: (messageId: string, text: string | null) => Promise<boolean>;
  /** How many tokens the prompts of chats have so far, as the model counted them, and for which state of the chat. */
  counts: Readonly<Record<string, { of: string; tokens: number }>>;
  /** Has the prompt of a chat counted, if its model is loaded and idle. `of` names the state of the chat. */
  count: (chatId: string, of: string) => Promise<void>;
  /** What the model would read next, while it is shown. */
  nextPrompt: Loadable<NextPrompt> | null;
  /** Shows what the model would read if this were sent in the open chat now. */
  showPrompt: (question: string) => Promise<void>;
  hidePrompt: () => void;
}
export type ContextRoomStore = StoreApi<ContextRoomState>;

export interface ContextRoomOptions {
  conversation: ConversationStore;
  onProblem: (problem: Problem | null) => void;
}

/** Contexts are allocated in steps of this many tokens. */
const step = 256;
/** A context that is only slightly larger would soon be full again. */
const leastGain = 1.25;

/** Creates the store of what can be done about a full context. */
export function createContextRoomStore(door: Door, { conversation, onProblem }: ContextRoomOptions): ContextRoomStore {
  const attempt = attempts(door, onProblem);
  const store = createStore<ContextRoomState>()((set, get) => {
    const show = (chatId: string, progress: SummaryProgress | null): void => {
      const { [chatId]: _before, ...others } = get().summaries;
      set({ summaries: progress === null ? others : { ...others, [chatId]: progress } });
    };
    return {
      summaries: {},
      largerContext: async (modelId, contextSize) => {
        try {
          const fit = await door.call("fit.of", { subject: { kind: "model", modelId }, contextSize: contextSize * 2 });
          const fitting = Math.floor(fit.maxContext / step) * step;
          if (fit.verdict !== "no" && fitting >= contextSize * 2) return contextSize * 2;
          return fitting >= contextSize * leastGain ? fitting : null;
        } catch {
          // A model that cannot be read is reported where it is used.
          return null;
        }
      },
      useContext: async (modelId, contextSize) => {
        const choices = await attempt(async () =>
          door.call("models.setChoices", {
            modelId,
            choices: { ...(await door.call("models.choices", { modelId })), contextSize },
          }),
        );
        return choices !== null;
      },
      continueInNewChat: async ({ title, draft }) => {
        const { conversation: shown } = conversation.getState();
        if (shown?.state !== "ready") return true;
        const { id: chatId, modelId, thinking, systemPrompt, replySettings } = shown.value.chat;
        show(chatId, { part: 1, parts: 1 });
        const written = await attempt(async () => {
          const summary = await door.call("chats.summarize", { chatId });
          if (summary === null || summary === "") return summary !== "";
          const chat = await door.call("chats.create", { modelId, temporary: isTemporary(chatId) });
          await door.call("chats.configure", { chatId: chat.id, thinking, systemPrompt, replySettings });
          await door.call("chats.rename", { chatId: chat.id, title });
          await door.call("chats.saveDraft", { chatId: chat.id, draft: draft(summary) });
          // Someone who has gone to another chat meanwhile finds the new one in the list.
          if (conversation.getState().openId === chatId) conversation.getState().open(chat.id);
          return true;
        });
        show(chatId, null);
        return written ?? true;
      },
      summarizeHere: async () => {
        const { openId: chatId } = conversation.getState();
        if (chatId === null) return false;
        show(chatId, { part: 1, parts: 1 });
        const end = await attempt(() => door.call("chats.summarizeOldest", { chatId }));
        show(chatId, null);
        return (end === "done" || end === "notNeeded") && conversation.getState().openId === chatId;
      },
      editSummary: async (messageId, text) =>
        (await attempt(async () => {
          await door.call("chats.editSummary", { messageId, text });
          return true;
        })) === true,
      cancelSummary: async (chatId) => {
        await attempt(() => door.call("chats.cancelSummary", { chatId }));
      },
      counts: {},
      count: async (chatId, of) => {
        const tokens = await door.call("chats.countPrompt", { chatId }).catch(() => null);
        if (tokens !== null) set({ counts: { ...get().counts, [chatId]: { of, tokens } } });
      },
      nextPrompt: null,
      showPrompt: async (question) => {
        const { openId: chatId } = conversation.getState();
        if (chatId === null) return;
        const asked: Loadable<NextPrompt> = { state: "loading" };
        set({ nextPrompt: asked });
        const answer = await door.call("chats.nextPrompt", { chatId, question }).then(
          (value): Loadable<NextPrompt> | null => value && { state: "ready", value },
          (error: unknown) => ({ state: "failed", problem: door.problem(error) }) as const,
        );
        // It may have been hidden meanwhile.
        if (get().nextPrompt === asked) set({ nextPrompt: answer });
      },
      hidePrompt: () => set({ nextPrompt: null }),
    };
  });
  onNamed(door, "chats.summarizing", ({ chatId, part, parts }) => {
    const { summaries } = store.getState();
    if (chatId in summaries) store.setState({ summaries: { ...summaries, [chatId]: { part, parts } } });
  });
  return store;
}
