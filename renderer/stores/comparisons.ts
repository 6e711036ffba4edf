import { createStore, type StoreApi } from "zustand/vanilla";
import type { Comparison, ComparisonRun } from "../../electron/contract/comparisons.ts";
import type { Message } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";
import { withRun } from "./withRun.ts";

/** A reply, and with it the question that several models were asked. */
export type ComparedReply = Pick<Message, "id" | "chatId" | "parentId">;

export interface ComparisonsState {
  /** What several models say to questions, by the questions' ids. */
  comparisons: Readonly<Record<string, Comparison>>;
  /** The questions that several models are or were asked, by their ids. */
  runs: Readonly<Record<string, ComparisonRun>>;
  /** The reply whose question the dialog is open for. */
  asking: Message | null;
  /** The reply whose question is shown with its answers side by side. */
  shown: ComparedReply | null;
  /** The answers that are shown side by side, as far as they have been read. */
  messages: Readonly<Record<string, Message>>;
  ask: (reply: Message | null) => void;
  /** Finds out which models have answered the question of this reply. */
  read: (reply: ComparedReply) => Promise<void>;
  show: (reply: ComparedReply) => Promise<void>;
  hide: () => void;
  start: (reply: ComparedReply, modelIds: readonly string[]) => Promise<void>;
  /** Goes on with the comparison of this reply, which the end of the app has cut. */
  askRest: (reply: ComparedReply) => Promise<void>;
  /** Ends it with the answers that are there. */
  keep: (messageId: string) => Promise<void>;
  stop: (chatId: string) => Promise<void>;
}
export type ComparisonsStore = StoreApi<ComparisonsState>;

/** Whether models are being compared in this chat: it is busy between their answers, too. */
export const isComparing = ({ runs }: Pick<ComparisonsState, "runs">, chatId: string | null): boolean =>
  chatId !== null && Object.values(runs).some((run) => run.chatId === chatId && run.state === "running");

export function createComparisonsStore(
  door: Pick<Door, "call" | "onEvent" | "problem">,
  { conversation, onProblem }: { conversation: ConversationStore; onProblem: (problem: Problem | null) => void },
): ComparisonsStore {
  const attempt = attempts(door, onProblem);
  const store = createStore<ComparisonsState>()((set, get) => ({
    comparisons: {},
    runs: {},
    asking: null,
    shown: null,
    messages: {},
    ask: (asking) => set({ asking }),
    async read({ id, parentId }) {
      if (parentId === null) return;
      // It only adds to what is shown: if the chat was deleted or locked meanwhile, that is told elsewhere.
      const found = await door.call("comparisons.of", { messageId: id }).catch(() => null);
      if (found === null) return;
      const { run } = found;
      set((state) => ({
        comparisons: { ...state.comparisons, [parentId]: found },
        runs: withRun(state.runs, parentId, run),
      }));
      if (get().shown?.parentId === parentId) await readAnswers(found);
    },
    show: async (reply) => {
      set({ shown: reply, messages: {} });
      await get().read(reply);
    },
    hide: () => set({ shown: null, messages: {} }),
    start: async (reply, modelIds) => {
      set({ asking: null });
      const messageId = reply.id;
      await showOnce(reply, () => door.call("comparisons.start", { messageId, modelIds: [...modelIds] }));
    },
    askRest: (reply) => showOnce(reply, () => door.call("comparisons.askRest", { messageId: reply.id })),
    keep: async (messageId) => {
      await attempt(() => door.call("comparisons.keep", { messageId }));
    },
    stop: async (chatId) => {
      await attempt(() => door.call("comparisons.stop", { chatId }));
    },
  }));

  /** Shows the comparison side by side, once its first model answers. */
  const showOnce = async (reply: ComparedReply, begin: () => Promise<ComparisonRun>): Promise<void> => {
    const run = await attempt(begin);
    if (run !== null && conversation.getState().openId === run.chatId) await store.getState().show(reply);
  };
  const readAnswers = async ({ questionId, answers }: Comparison): Promise<void> => {
    const read = await Promise.all(
      answers.map(async ({ messageId }) =>
        messageId === null ? null : await door.call("chats.message", { messageId }).catch(() => null),
      ),
    );
    const entries = read.flatMap((message) => (message === null ? [] : [[message.id, message] as const]));
    if (store.getState().shown?.parentId === questionId) store.setState({ messages: Object.fromEntries(entries) });
  };
  /** Reads again what is known of this question. */
  const readAgain = (questionId: string | null): void => {
    const { comparisons, shown, read } = store.getState();
    if (questionId === null) return;
    if (shown?.parentId === questionId) void read(shown);
    else {
      const known = comparisons[questionId];
      const id = known?.answers.find(({ messageId }) => messageId !== null)?.messageId ?? null;
      if (known !== undefined && id !== null) void read({ id, chatId: "", parentId: questionId });
    }
  };
  onNamed(door, "comparisons.changed", (run) => {
    store.setState(({ runs }) => ({ runs: { ...runs, [run.questionId]: run } }));
    readAgain(run.questionId);
  });
  onNamed(door, "runs.ended", ({ message }) => readAgain(message.parentId));
  onNamed(door, "chats.branchChanged", ({ chatId }) => {
    const { shown } = store.getState();
    if (shown?.chatId === chatId) readAgain(shown.parentId);
  });
  onNamed(door, "runs.started", ({ chatId, messages }) => {
    const { shown, hide } = store.getState();
    // The chat goes on elsewhere: the next question, or another version of this one.
    if (shown?.chatId === chatId && messages.at(-1)?.parentId !== shown.parentId) hide();
  });
  conversation.subscribe(({ openId, visits }, before) => {
    const { shown, asking, hide } = store.getState();
    // A search or a branch leads to a message of the same chat, too.
    if (shown !== null && (shown.chatId !== openId || visits !== before.visits)) hide();
    if (asking !== null && asking.chatId !== openId) store.setState({ asking: null });
  });
  return store;
}
