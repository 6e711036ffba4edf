import type { votesCalls } from "../../contract/votes.ts";
import type { Capability } from "../Capability.ts";
import { VoteRuns, type VotesOptions } from "./VoteRuns.ts";

/** Opens the votes: questions that are answered several times. `close` comes before that of the runs. */
export function openVotes(options: VotesOptions): Capability<typeof votesCalls> & { close: () => Promise<void> } {
  const votes = new VoteRuns(options);
  return {
    api: null,
    handlers: {
      "votes.start": ({ messageId, answers }) => votes.start(messageId, answers),
      "votes.ask": ({ answers, ...message }) => votes.ask(message, answers),
      "votes.stop": async ({ chatId }) => {
        await votes.stop(chatId);
        return null;
      },
      "votes.askRest": ({ messageId }) => votes.askRest(messageId),
      "votes.keep": async ({ messageId }) => {
        await votes.keep(messageId);
        return null;
      },
      "votes.of": ({ messageId }) => votes.of(messageId),
    },
    close: () => votes.close(),
  };
}
