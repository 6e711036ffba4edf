import type { Message } from "../../../electron/contract/chats.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useConversation } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";

/** How a reply ended, unless it simply finished. */
export function ReplyOutcome({ message, canChange }: { message: Message; canChange: boolean }) {
  const say = useSay("chats");
  const regenerate = useConversation((state) => state.regenerate);
  const { state, stats, problem } = message;
  const tryAgain = (
    <button type="button" className="button" disabled={!canChange} onClick={() => void regenerate(message.id)}>
      {say("shell:tryAgain")}
    </button>
  );
  const hasText = message.text !== "" || (message.thought ?? "") !== "";
  if (problem?.code === "message-damaged") return <ProblemNotice problem={problem} />;
  if (problem) {
    const safe = say(hasText ? "outcome.textSafe" : "outcome.messageSafe");
    return (
      <ProblemNotice problem={problem} safe={safe}>
        {tryAgain}
      </ProblemNotice>
    );
  }
  if (state === "interrupted") {
    return (
      <p className="outcome">
        {joinSentences(texts, [say("outcome.interrupted"), hasText ? say("outcome.interruptedSafe") : null])} {tryAgain}
      </p>
    );
  }
  if (state === "stopped") {
    const kept = stats ? stats.thoughtTokens + stats.answerTokens : 0;
    return <p className="outcome">{say("outcome.stopped", { count: kept })}</p>;
  }
  if (stats?.stopReason === "context") {
    return <p className="outcome">{say("outcome.contextFull")}</p>;
  }
  if (stats?.stopReason === "maxTokens") return <p className="outcome">{say("outcome.tokenLimit")}</p>;
  if (state === "done" && message.text.trim() === "") return <p className="outcome">{say("outcome.noAnswer")}</p>;
  return null;
}
