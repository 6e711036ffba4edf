import { CircleAlert } from "lucide-react";
import type { Problem } from "../../electron/contract/errors.ts";
import { inOneLine } from "../../electron/texts/failureText.ts";
import { texts, useFailureText } from "../texts.ts";

/** Shows what happened, what is safe and what to do, in a row that has no room for a notice. */
export function ProblemWords({ problem }: { problem: Problem }) {
  const text = useFailureText(problem);
  return (
    <p className="problem-line">
      <CircleAlert size={16} aria-hidden />
      <span>{inOneLine(texts, text)}</span>
    </p>
  );
}

/** Shows what happened, in a few words. */
export function WhatHappened({ problem }: { problem: Problem }) {
  return useFailureText(problem).what;
}
