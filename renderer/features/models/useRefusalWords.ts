import { failureText } from "../../../electron/texts/failureText.ts";
import type { ModelsProblem } from "../../stores/models.ts";
import { texts, useSay } from "../../texts.ts";

/** Returns what happened to files that were dropped together, or undefined if there was only one. */
export function useRefusalWords(problem: ModelsProblem | null): string | undefined {
  const say = useSay("models");
  if (problem?.refusals === undefined) return undefined;
  const { refused, files, name } = problem.refusals;
  return say("importRefused", { count: refused, files, name, what: failureText(texts, problem).what });
}
