import type { ComparedAnswer, ComparisonRun } from "../../contract/comparisons.ts";
import type { Message } from "../../contract/chats.ts";
import { isWhole } from "../votes/countVotes.ts";

/**
 * Returns the answers of different models among the versions of a reply: those of the comparison, or if there was none
 * since the app started, the newest whole one of each model as it wrote it, or its newest if none is whole.
 */
export function comparedAnswers(versions: readonly Message[], run: ComparisonRun | null): ComparedAnswer[] {
  if (run !== null) {
    const isThere = (wanted: string | null): boolean => versions.some(({ id }) => id === wanted);
    return run.answers.map((answer) => (isThere(answer.messageId) ? answer : { ...answer, messageId: null }));
  }
  const chosen = new Map<string, { answer: ComparedAnswer; isWhole: boolean }>();
  for (const message of versions) {
    const { id: messageId, model } = message;
    if (model === null || model.id === "" || model.edited === true) continue;
    const { id, name, server } = model;
    if (chosen.get(id)?.isWhole === true && !isWhole(message)) continue;
    const answer = { model: { id, name, ...(server && { server }) }, messageId, loadMs: null, problem: null };
    chosen.set(id, { answer, isWhole: isWhole(message) });
  }
  return Array.from(chosen.values(), ({ answer }) => answer);
}
