import type { Message } from "../../../electron/contract/chats.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { texts, useSay } from "../../texts.ts";
import { AgainButton } from "./AgainButton.tsx";
import { ContextFull } from "./ContextFull.tsx";
import { FailedReply } from "./FailedReply.tsx";
import { ReplyNote } from "./ReplyNote.tsx";

export interface ReplyOutcomeProps {
  message: Message;
  /** Only the last reply of a branch can be continued. */
  isLast: boolean;
}

/** How a reply ended and what can be done now, unless it simply finished. */
export function ReplyOutcome({ message, isLast }: ReplyOutcomeProps) {
  const say = useSay("chats");
  const { state, stats, problem, text, thought } = message;
  if (problem?.code === "message-damaged") return <ProblemNotice problem={problem} />;
  if (problem?.code === "context-exceeded" || stats?.stopReason === "context") {
    return <ContextFull message={message} isLast={isLast} />;
  }
  if (problem) return <FailedReply message={message} problem={problem} isLast={isLast} />;
  const hasText = text !== "" || thought !== null;
  const again = <AgainButton message={message} isLast={isLast} />;
  if (state === "interrupted") {
    return (
      <ReplyNote isProblem action={again}>
        {joinSentences(texts, [say("outcome.interrupted"), hasText ? say("outcome.interruptedSafe") : null])}
      </ReplyNote>
    );
  }
  if (state === "stopped") {
    const kept = stats ? stats.thoughtTokens + stats.answerTokens : 0;
    return <ReplyNote action={again}>{say("outcome.stopped", { count: kept })}</ReplyNote>;
  }
  if (stats?.stopReason === "maxTokens") return <ReplyNote action={again}>{say("outcome.tokenLimit")}</ReplyNote>;
  if (state === "done" && text.trim() === "") return <ReplyNote action={again}>{say("outcome.noAnswer")}</ReplyNote>;
  return null;
}
