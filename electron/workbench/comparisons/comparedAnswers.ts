import type { ComparedAnswer, ComparisonRun } from "../../contract/comparisons.ts";
import type { Message } from "../../contract/chats.ts";

/**
 * Returns the answers of different models among the versions of a reply: those of the comparison, or if there was none
 * since the app started, the newest of each model, as it wrote it.
 */
export function comparedAnswers(versions: readonly Message[], run: ComparisonRun | null): ComparedAnswer[] {
  if (run !== null) {
    const isThere = (wanted: string | null): boolean => versions.some(({ id }) => id === wanted);
    return run.answers.map((answer) => (isThere(answer.messageId) ? answer : { ...answer, messageId: null }));
  }
  const newest = new Map<string, ComparedAnswer>();
  for (const { id, model } of versions) {
    if (model === null || model.id === "" || model.edited === true) continue;
    const { id: modelId, name } = model;
    newest.set(modelId, { model: { id: modelId, name }, messageId: id, loadMs: null, problem: null });
  }
  return [...newest.values()];
}
