import type { Model } from "./models.ts";

/**
 * Returns whether programs that use this app as a server may use a model: one that works, in a file or on a server of this
 * machine. A program could not see that what it sends leaves the machine, and its user was not asked.
 */
export const isOffered = ({ source, problems }: Pick<Model, "source" | "problems">): boolean =>
  problems.length === 0 && (source.kind === "file" || source.isThisMachine);

/** The models chosen in the chat or command, and in the settings. */
export interface ModelWishes {
  chosen: string | null;
  byDefault: string | null;
}

/**
 * Returns the model that answers, for the picker, the replies and the terminal: the chosen one, else the default, else
 * the built-in one, else the first that works. A missing model is skipped. One on a server is used only where it was chosen:
 * it never stands in for another one. Returns undefined if there is none.
 */
export function chooseModel(models: readonly Model[], wishes: ModelWishes): Model | undefined {
  return inOrderOfChoice(models, wishes).find((model) => canAnswer(model, wishes));
}

/** Returns the order in which models are considered. For callers that have not read all files yet. */
export function inOrderOfChoice<Candidate extends Pick<Model, "id" | "builtIn">>(
  models: readonly Candidate[],
  { chosen, byDefault }: ModelWishes,
): Candidate[] {
  const rank = ({ id, builtIn }: Candidate): number => (id === chosen ? 0 : id === byDefault ? 1 : builtIn ? 2 : 3);
  return models.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * Returns whether the first model in that order answers. A chosen model that is broken stays chosen, and so does a
 * default that crashed the engine: the user sees the reason, and no other model answers in its place.
 */
export function canAnswer(
  { id, problems, source }: Pick<Model, "id" | "problems" | "source">,
  { chosen, byDefault }: ModelWishes,
): boolean {
  if (source.kind === "server") return id === (chosen ?? byDefault);
  const [problem] = problems;
  return problem === undefined || id === chosen || (id === byDefault && problem.code === "model-crashed-engine");
}
