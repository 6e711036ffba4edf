import type { Message } from "../../contract/chats.ts";
import type { VoteRun, Votes } from "../../contract/votes.ts";
import { isDecided } from "./isDecided.ts";

/** Returns the vote that the end of the app has cut, of these versions of a reply, or null if none was cut. */
export function cutVote(versions: readonly Message[], votes: Votes): VoteRun | null {
  const asked = versions.flatMap(({ chatId, state, model }) =>
    model?.asked?.kind === "vote" ? [{ chatId, state, wanted: model.asked.answers }] : [],
  );
  const last = asked.at(-1);
  if (last === undefined) return null;
  const { chatId, wanted } = last;
  const done = asked.filter(({ state }) => state === "done").length;
  const left = wanted - done;
  // The app ended after the last answer, and before that was noted.
  if (left <= 0 || isDecided(votes, left)) return null;
  return { chatId, questionId: votes.questionId, state: "cut", done, wanted, secondsLeft: null, problem: null };
}
