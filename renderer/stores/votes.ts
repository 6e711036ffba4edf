import { createStore, type StoreApi } from "zustand/vanilla";
import type { Message } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { VoteRun, Votes } from "../../electron/contract/votes.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { withRun } from "./withRun.ts";

export interface VotesState {
  /** How the answers to questions agree, by the questions' ids. */
  votes: Readonly<Record<string, Votes>>;
  /** The questions that are or were asked several times, by their ids. */
  runs: Readonly<Record<string, VoteRun>>;
  /** The reply for whose question the dialog is open. */
  asking: Message | null;
  ask: (reply: Message | null) => void;
  /** Counts the answers to the question of this reply. */
  read: (reply: Pick<Message, "id" | "parentId">) => Promise<void>;
  start: (messageId: string, answers: number) => Promise<void>;
  /** Goes on with the vote over this reply, which the end of the app has cut. */
  askRest: (messageId: string) => Promise<void>;
  /** Ends it with the answers that are there. */
  keep: (messageId: string) => Promise<void>;
  stop: (chatId: string) => Promise<void>;
}
export type VotesStore = StoreApi<VotesState>;

/** Whether a question of this chat is being asked several times: the chat is busy between its answers, too. */
export const isBeingAsked = ({ runs }: Pick<VotesState, "runs">, chatId: string | null): boolean =>
  chatId !== null && Object.values(runs).some((run) => run.chatId === chatId && run.state === "running");

export function createVotesStore(
  door: Pick<Door, "call" | "onEvent" | "problem">,
  { onProblem }: { onProblem: (problem: Problem | null) => void },
): VotesStore {
  const attempt = attempts(door, onProblem);
  const store = createStore<VotesState>()((set) => ({
    votes: {},
    runs: {},
    asking: null,
    ask: (asking) => set({ asking }),
    async read({ id, parentId }) {
      if (parentId === null) return;
      // It only adds to what is shown: if the chat was deleted or locked meanwhile, that is told elsewhere.
      const found = await door.call("votes.of", { messageId: id }).catch(() => null);
      if (found === null) return;
      const { votes, run } = found;
      set((state) => ({
        votes: { ...state.votes, [parentId]: votes },
        runs: withRun(state.runs, parentId, run),
      }));
    },
    start: async (messageId, answers) => {
      set({ asking: null });
      await attempt(() => door.call("votes.start", { messageId, answers }));
    },
    askRest: async (messageId) => {
      await attempt(() => door.call("votes.askRest", { messageId }));
    },
    keep: async (messageId) => {
      await attempt(() => door.call("votes.keep", { messageId }));
    },
    stop: async (chatId) => {
      await attempt(() => door.call("votes.stop", { chatId }));
    },
  }));
  onNamed(door, "votes.changed", (run) => store.setState(({ runs }) => ({ runs: { ...runs, [run.questionId]: run } })));
  onNamed(door, "runs.ended", ({ message }) => {
    if (message.parentId !== null && message.parentId in store.getState().votes) void store.getState().read(message);
  });
  return store;
}
