import type { Problem } from "../../../electron/contract/errors.ts";
import type { Model } from "../../../electron/contract/models.ts";

/** Returns why a model cannot be chosen, if so. One that crashed the engine may be tried again. */
export function blockingProblem({ problems }: Pick<Model, "problems">): Problem | undefined {
  return problems.find(({ code }) => code !== "model-crashed-engine");
}
