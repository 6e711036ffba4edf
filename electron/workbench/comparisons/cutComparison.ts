import type { ComparisonRun } from "../../contract/comparisons.ts";
import type { Message } from "../../contract/chats.ts";
import { isWhole } from "../votes/countVotes.ts";
import { comparedAnswers } from "./comparedAnswers.ts";

/** Returns the comparison that the end of the app has cut, of these versions of a reply, or null if none was cut. */
export function cutComparison(questionId: string, versions: readonly Message[]): ComparisonRun | null {
  const chatId = versions[0]?.chatId ?? "";
  const asked = versions.map(({ model }) => model?.asked).findLast((each) => each?.kind === "comparison");
  if (asked?.kind !== "comparison") return null;
  const known = comparedAnswers(versions, null);
  const answers = asked.models.map(
    (model) =>
      known.find((answer) => answer.model.id === model.id) ?? { model, messageId: null, loadMs: null, problem: null },
  );
  const hasAnswered = (messageId: string | null): boolean =>
    versions.some((message) => message.id === messageId && (isWhole(message) || hasEnded(message)));
  const unanswered = answers.flatMap(({ model, messageId }) => (hasAnswered(messageId) ? [] : [model.id]));
  // The app ended after the last answer, and before that was noted.
  if (unanswered.length === 0) return null;
  return { chatId, questionId, state: "cut", answers, unanswered, problem: null };
}

/** Whether a model was asked in the comparison, and the end of its answer is not that of the app. */
const hasEnded = ({ state, model }: Message): boolean =>
  model?.asked?.kind === "comparison" && state !== "interrupted" && state !== "streaming";
