import type { Message } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useTexts } from "../../texts.ts";
import { AgainButton } from "./AgainButton.tsx";
import { ContextFull } from "./ContextFull.tsx";
import { endOfReply } from "./endOfReply.ts";
import { FailedReply } from "./FailedReply.tsx";
import { ReplyNote } from "./ReplyNote.tsx";

export interface ReplyOutcomeProps {
  message: Message;
  /** Only the last reply of a branch can be continued. */
  isLast: boolean;
}

/** How a reply ended and what can be done now, unless it simply finished. */
export function ReplyOutcome({ message, isLast }: ReplyOutcomeProps) {
  const texts = useTexts();
  const { stats, problem } = message;
  if (problem?.code === "message-damaged") return <ProblemNotice problem={problem} />;
  if (problem?.code === "context-exceeded" || stats?.stopReason === "context") {
    return <ContextFull message={message} isLast={isLast} />;
  }
  if (problem) return <FailedReply message={message} problem={problem} isLast={isLast} />;
  const end = endOfReply(texts, message);
  if (end === null) return null;
  return (
    <ReplyNote isProblem={message.state === "interrupted"} action={<AgainButton message={message} isLast={isLast} />}>
      {end}
    </ReplyNote>
  );
}
