import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

export interface ReplyNoteProps {
  isProblem?: boolean;
  action?: ReactNode;
  children: ReactNode;
}

/** One quiet line under a reply. */
export function ReplyNote({ isProblem = false, action, children }: ReplyNoteProps) {
  return (
    <div className="reply-note outcome">
      {isProblem && <CircleAlert size={16} aria-hidden className="problem-icon" />}
      <p>{children}</p>
      {action}
    </div>
  );
}
