import type { Model } from "./models.ts";

/** What was chosen in the chat or the command, and in the settings. */
export interface ModelWishes {
  chosen: string | null;
  byDefault: string | null;
}

/**
 * Which model answers, the one rule for the picker, the replies and the terminal: the chosen one, else the default,
 * else the built-in one, else the first that works. A model that is gone is passed over. Undefined: there is none.
 */
export function chooseModel(models: readonly Model[], wishes: ModelWishes): Model | undefined {
  return inOrderOfChoice(models, wishes).find((model) => canAnswer(model, wishes));
}

/** First half of the rule, for callers that have not read all files yet: the order in which models are considered. */
export function inOrderOfChoice<Candidate extends Pick<Model, "id" | "builtIn">>(
  models: readonly Candidate[],
  { chosen, byDefault }: ModelWishes,
): Candidate[] {
  const rank = ({ id, builtIn }: Candidate): number => (id === chosen ? 0 : id === byDefault ? 1 : builtIn ? 2 : 3);
  return models.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * The second half: whether the first model in that order is the one. A chosen model that is broken stays chosen, and
 * so does a default that crashed the engine: a message then tells why, and no other model answers in its name.
 */
export function canAnswer(
  { id, problems }: Pick<Model, "id" | "problems">,
  { chosen, byDefault }: ModelWishes,
): boolean {
  const [problem] = problems;
  return problem === undefined || id === chosen || (id === byDefault && problem.code === "model-crashed-engine");
}
