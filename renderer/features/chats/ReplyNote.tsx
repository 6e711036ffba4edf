import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

export interface ReplyNoteProps {
  isProblem?: boolean;
  /** Whether screen readers announce it at once. */
  isAlert?: boolean;
  action?: ReactNode;
  children: ReactNode;
}

/** One quiet line under a reply. */
export function ReplyNote({ isProblem = false, isAlert = false, action, children }: ReplyNoteProps) {
  return (
    <div className="reply-note outcome" role={isAlert ? "alert" : undefined}>
      {isProblem && <CircleAlert size={16} aria-hidden className="problem-icon" />}
      <p>{children}</p>
      {action}
    </div>
  );
}
