import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "../../electron/contract/errors.ts";
import { joinSentences } from "../../electron/texts/joinSentences.ts";
import { texts, useFailureText, useSay } from "../texts.ts";

export interface ProblemNoticeProps {
  problem: Problem;
  /** What happened, if the caller knows more about it than the failure's own text. */
  what?: string | undefined;
  /** What is safe in this place. */
  safe?: string | undefined;
  /** What to do in this place, if the failure's own advice does not apply to it. */
  next?: string | undefined;
  /** Buttons for what to do now. */
  children?: ReactNode;
}

/** Shows what happened, what is safe and what to do. */
export function ProblemNotice({ problem, what, safe, next, children }: ProblemNoticeProps) {
  const say = useSay("shell");
  const text = useFailureText(problem);
  return (
    <div className="problem" role="alert">
      <TriangleAlert size={16} aria-hidden className="problem-icon" />
      <div className="problem-words">
        <p className="problem-what">{what ?? text.what}</p>
        <p>{joinSentences(texts, [safe ?? text.safe, next ?? text.next])}</p>
        {problem.detail !== undefined && problem.detail !== "" && (
          <details>
            <summary>{say("details")}</summary>
            <pre>{[problem.code, problem.faultId, problem.detail].filter(Boolean).join("\n")}</pre>
          </details>
        )}
      </div>
      {children !== undefined && <div className="problem-actions">{children}</div>}
    </div>
  );
}
