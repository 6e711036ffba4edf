import { memo, useMemo } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { RunStage } from "../../../electron/contract/runs.ts";
import { count, percent, speed } from "../../parts/figures.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { growingText, isBlankText } from "../../stores/growingText.ts";
import type { LiveRun } from "../../stores/runs.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { AnswerMarkdown } from "./markdown/AnswerMarkdown.tsx";
import { ReplyActions } from "./ReplyActions.tsx";
import { ReplyFooter } from "./ReplyFooter.tsx";
import { ReplyOutcome } from "./ReplyOutcome.tsx";
import { replyModelName } from "./replyModelName.ts";
import { ThoughtLine } from "./ThoughtLine.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

export interface ReplyMessageProps {
  message: Message;
  /** While the reply is being written. */
  run: LiveRun | undefined;
  /** False while another reply of this chat is being written. */
  canChange: boolean;
  keepInPlace: KeepInPlace;
}

export const ReplyMessage = memo(function ReplyMessage({ message, run, canChange, keepInPlace }: ReplyMessageProps) {
  const keptThought = useMemo(() => growingText((message.thought ?? "").trimEnd()), [message.thought]);
  const keptAnswer = useMemo(() => growingText(shownAnswer(message.text)), [message.text]);
  const thought = run ? run.thought : keptThought;
  const answer = run ? run.answer : keptAnswer;
  const figures = run ? run.live : message.stats;
  const modelName = replyModelName(run?.message.model ?? message.model);
  // It is in the chat a moment before its run is known here.
  const isWriting = run !== undefined || message.state === "streaming";
  const isThinking = run?.stage.stage === "thinking" && answer.length === 0;
  return (
    <article
      className="message reply"
      data-message={message.id}
      aria-label={modelName ?? "Reply"}
      aria-busy={isWriting}
    >
      {(!isBlankText(thought) || isThinking) && (
        <ThoughtLine
          messageId={message.id}
          thought={thought}
          figures={figures}
          isRunning={isThinking}
          keepInPlace={keepInPlace}
        />
      )}
      {run && thought.length === 0 && answer.length === 0 && !isThinking && <StageLine stage={run.stage} />}
      {answer.length > 0 && (
        <div data-answer>
          <AnswerMarkdown text={answer} isWriting={isWriting} />
        </div>
      )}
      <ReplyFooter modelName={modelName} figures={figures} />
      {!isWriting && <ReplyOutcome message={message} canChange={canChange} />}
      <ReplyActions message={message} isWriting={isWriting} canChange={canChange} />
    </article>
  );
});

/** What happens before the first token. */
function StageLine({ stage }: { stage: RunStage }) {
  switch (stage.stage) {
    case "queued":
      return <QueuedLine />;
    case "loading":
      return (
        <p className="stage">
          Loading the model <LoadProgress label="Loading" fraction={stage.fraction} />{" "}
          <span className="figure">{percent(stage.fraction)}</span>
        </p>
      );
    case "reading":
      return (
        <p className="stage">
          Reading the prompt{" "}
          <span className="figure">
            {count(stage.readTokens)} of {count(stage.promptTokens)} tokens
            {stage.tokensPerSecond !== null && ` · ${speed(stage.tokensPerSecond)}`}
          </span>
        </p>
      );
    case "thinking":
    case "answering":
      return null;
  }
}

function QueuedLine() {
  // A benchmark that waits itself is not what this reply waits for.
  const benchmark = useRunningBenchmark();
  const tuning = useRunningTuning();
  if (tuning?.state === "trying") {
    return (
      <p className="stage">
        Waiting for the tuning of <bdi>{tuning.run.modelName}</bdi> to end; <a href="#/hardware">stop it</a> under
        Hardware
      </p>
    );
  }
  if (benchmark === null || benchmark.state === "queued")
    return <p className="stage">Waiting for another reply to end</p>;
  return (
    <p className="stage">
      Waiting for the benchmark of <bdi>{benchmark.run.modelName}</bdi> to end; <a href="#/hardware">stop it</a> under
      Hardware
    </p>
  );
}
