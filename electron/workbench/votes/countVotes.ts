import type { Message } from "../../contract/chats.ts";
import { finalResult } from "../../contract/finalResult.ts";
import type { Votes } from "../../contract/votes.ts";
import { groupResults } from "../results/groupResults.ts";

/** Whether the model ended a reply by itself. */
export const isWhole = ({ state, stats }: Pick<Message, "state" | "stats">): boolean =>
  state === "done" && stats?.stopReason === "end";

/** Returns these replies without those that a model wrote again because it had the same seed: they are no second opinion. */
function withoutRepeated(replies: readonly Message[]): Message[] {
  const known = new Set<string>();
  return replies.filter(({ model, thought, text }) => {
    if (model?.seed === undefined) return true;
    const drawn = JSON.stringify([model.id, model.seed, thought, text]);
    return !known.has(drawn) && known.add(drawn);
  });
}

/** Returns how the versions of a reply agree. Only those have results that ended by themselves, as the model wrote them. */
export function countVotes(questionId: string, versions: readonly Message[]): Votes {
  const ended = versions.filter(({ state, model }) => state !== "streaming" && model?.edited !== true);
  const counted = withoutRepeated(ended.filter(isWhole));
  const found = counted.map(({ text }) => finalResult(text));
  const results = found.map((result) => result?.text ?? null);
  const groups = groupResults(results);
  const idAt = (index: number): string => counted[index]?.id ?? "";
  return {
    questionId,
    groups: groups.map((members) => ({
      result: results[members[0] ?? 0] ?? "",
      messageIds: members.map(idAt),
    })),
    ungrouped: results.flatMap((result, index) => (result === null ? [idAt(index)] : [])),
    unfinished: ended.filter((message) => !isWhole(message)).map(({ id }) => id),
    hasAgreement: groups.some((members) => members.filter((index) => found[index]?.from === "boxed").length > 1),
  };
}
