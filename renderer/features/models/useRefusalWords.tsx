import type { ReactNode } from "react";
import type { Problem } from "../../../electron/contract/errors.ts";
import { failureText } from "../../../electron/texts/failureText.ts";
import { slot } from "../../parts/Sentence.tsx";
import { texts, useSay } from "../../texts.ts";

/**
 * Returns what happened to a file that was imported, with its name; nothing for other problems. The name comes from
 * outside, so it stands in an element of its own, which its direction does not leave.
 */
export function useRefusalWords(problem: Problem | null): { what?: string; slots?: Record<string, ReactNode> } {
  const say = useSay("models");
  if (problem?.file === undefined) return {};
  return {
    what: say("importRefusedFile", { name: slot("name"), what: failureText(texts, problem).what }),
    slots: { name: <bdi key="name">{problem.file}</bdi> },
  };
}
