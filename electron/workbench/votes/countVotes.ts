import type { Message } from "../../contract/chats.ts";
import { finalResult } from "../../contract/finalResult.ts";
import type { Votes } from "../../contract/votes.ts";
import { groupResults } from "../results/groupResults.ts";

/** Returns how the versions of a reply agree. Only those count that ended by themselves, as the model wrote them. */
export function countVotes(questionId: string, versions: readonly Message[]): Votes {
  const counted = versions.filter(
    ({ state, stats, model }) => state === "done" && stats?.stopReason === "end" && model?.edited !== true,
  );
  const results = counted.map(({ text }) => finalResult(text)?.text ?? null);
  const idAt = (index: number): string => counted[index]?.id ?? "";
  return {
    questionId,
    groups: groupResults(results).map((members) => ({
      result: results[members[0] ?? 0] ?? "",
      messageIds: members.map(idAt),
    })),
    ungrouped: results.flatMap((result, index) => (result === null ? [idAt(index)] : [])),
  };
}
