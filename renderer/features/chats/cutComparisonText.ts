import type { ComparisonRun } from "../../../electron/contract/comparisons.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/** Returns which models had not answered when the end of the app cut a comparison. */
export function cutComparisonText({ say, figures }: Texts, { answers, unanswered }: ComparisonRun): string {
  const missing = answers.filter(({ model }) => unanswered.includes(model.id));
  const names = missing.map(({ model }) => model.name);
  return say("chats:comparison.cut", { models: figures.list(names) });
}
