import type { Message } from "../../../electron/contract/chats.ts";
import { tokens } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useConversation } from "../../stores/useStores.ts";

/** How a reply ended, where it did not simply end. */
export function ReplyOutcome({ message, canChange }: { message: Message; canChange: boolean }) {
  const regenerate = useConversation((state) => state.regenerate);
  const { state, stats, problem } = message;
  const tryAgain = (
    <button type="button" className="button" disabled={!canChange} onClick={() => void regenerate(message.id)}>
      Try again
    </button>
  );
  const hasText = message.text !== "" || (message.thought ?? "") !== "";
  if (problem?.code === "message-damaged") return <ProblemNotice problem={problem} />;
  if (problem) {
    const safe = hasText ? "Your message and the text so far are kept." : "Your message is kept.";
    return (
      <ProblemNotice problem={problem} safe={safe}>
        {tryAgain}
      </ProblemNotice>
    );
  }
  if (state === "interrupted") {
    return (
      <p className="outcome">
        Interrupted: the app closed while this was being written. {hasText ? "The text so far is kept." : ""} {tryAgain}
      </p>
    );
  }
  if (state === "stopped") {
    const kept = stats ? stats.thoughtTokens + stats.answerTokens : 0;
    return <p className="outcome">Stopped. {tokens(kept)} kept.</p>;
  }
  if (stats?.stopReason === "context") {
    return (
      <p className="outcome">
        The context is full, so the reply ends here. Start a new chat, or choose a larger context in Settings.
      </p>
    );
  }
  if (stats?.stopReason === "maxTokens")
    return <p className="outcome">The reply reached the token limit and ends here.</p>;
  if (state === "done" && message.text.trim() === "") return <p className="outcome">The model wrote no answer.</p>;
  return null;
}
