import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { errorTexts, type Problem } from "../../electron/contract/errors.ts";

export interface ProblemNoticeProps {
  problem: Problem;
  /** What is not lost, where that is worth saying. */
  safe?: string | undefined;
  /** What to do here, where the code's own advice is about something else. */
  next?: string | undefined;
  /** Buttons: what to do now. */
  children?: ReactNode;
}

/** What happened, what is safe, what to do. */
export function ProblemNotice({ problem, safe, next: nextHere, children }: ProblemNoticeProps) {
  const { what, next: usualNext } = errorTexts[problem.code];
  const next = nextHere ?? usualNext;
  const message = problem.message === "" ? what : problem.message;
  const saysItself = /\b(?:kept|still here|deleted)\b/.test(next);
  return (
    <div className="problem" role="alert">
      <TriangleAlert size={16} aria-hidden className="problem-icon" />
      <div className="problem-words">
        <p className="problem-what">{message}</p>
        <p>{[saysItself ? undefined : safe, message.includes(next) ? undefined : next].filter(Boolean).join(" ")}</p>
        {problem.detail !== undefined && problem.detail !== "" && (
          <details>
            <summary>Details</summary>
            <pre>{[problem.code, problem.faultId, problem.detail].filter(Boolean).join("\n")}</pre>
          </details>
        )}
      </div>
      {children !== undefined && <div className="problem-actions">{children}</div>}
    </div>
  );
}
