import type { ReactNode } from "react";
import { failureText } from "../../../electron/texts/failureText.ts";
import { slot } from "../../parts/Sentence.tsx";
import type { ModelsProblem } from "../../stores/models.ts";
import { texts, useSay } from "../../texts.ts";

/**
 * Returns what happened to files that were imported, with the name of the first refused one; nothing for other problems.
 * The name comes from outside, so it stands in an element of its own, which its direction does not leave.
 */
export function useRefusalWords(problem: ModelsProblem | null): { what?: string; slots?: Record<string, ReactNode> } {
  const say = useSay("models");
  const name = problem?.refusals?.name ?? problem?.file;
  if (problem === null || name === undefined) return {};
  const facts = { name: slot("name"), what: failureText(texts, problem).what };
  const { refusals } = problem;
  return {
    what:
      refusals === undefined
        ? say("importRefusedFile", facts)
        : say("importRefused", { count: refusals.refused, files: refusals.files, ...facts }),
    slots: { name: <bdi key="name">{name}</bdi> },
  };
}
