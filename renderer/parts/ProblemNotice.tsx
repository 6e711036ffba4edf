import { CircleAlert, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { Problem } from "../../electron/contract/errors.ts";
import { joinSentences } from "../../electron/texts/joinSentences.ts";
import { texts, useFailureText, useSay } from "../texts.ts";
import { IconButton } from "./IconButton.tsx";
import { Sentence } from "./Sentence.tsx";

export interface ProblemNoticeProps {
  problem: Problem;
  /** What happened, if the caller knows more about it than the failure's own text. */
  what?: string | undefined;
  /** The elements that stand in the slots of `what`, such as the name of a file. */
  slots?: Record<string, ReactNode> | undefined;
  /** What is safe in this place. */
  safe?: string | undefined;
  /** What to do in this place, if the failure's own advice does not apply to it. */
  next?: string | undefined;
  /** Buttons for what to do now. */
  children?: ReactNode;
  /** Puts it away. If left out, it stays as long as the problem does. */
  onDismiss?: (() => void) | undefined;
}

/** Says in one line what happened, what is safe and what to do; what only a report of it needs is folded. */
export function ProblemNotice({ problem, what, slots, safe, next, children, onDismiss }: ProblemNoticeProps) {
  const say = useSay("shell");
  const text = useFailureText(problem);
  const [isOpen, setOpen] = useState(false);
  const detailId = useId();
  const words = joinSentences(texts, [what ?? text.what, safe ?? text.safe, next ?? text.next]);
  const hasDetail = problem.detail !== undefined && problem.detail !== "";
  return (
    <div className="problem" role="alert">
      <CircleAlert size={16} aria-hidden className="problem-icon" />
      <p className="problem-words">{slots === undefined ? words : <Sentence text={words} slots={slots} />}</p>
      {(hasDetail || children !== undefined || onDismiss !== undefined) && (
        <div className="problem-actions">
          {hasDetail && (
            <button
              type="button"
              className="text-button"
              aria-expanded={isOpen}
              aria-controls={detailId}
              onClick={() => setOpen(!isOpen)}
            >
              {say("details")}
            </button>
          )}
          {children}
          {onDismiss !== undefined && (
            <IconButton label={say("dismiss")} onClick={onDismiss}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </div>
      )}
      {hasDetail && (
        <pre className="problem-detail" id={detailId} hidden={!isOpen}>
          {[problem.code, problem.faultId, problem.detail].filter(Boolean).join("\n")}
        </pre>
      )}
    </div>
  );
}
