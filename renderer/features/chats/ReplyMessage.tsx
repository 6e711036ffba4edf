import { lazy, memo, Suspense } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { RunStage } from "../../../electron/contract/runs.ts";
import { count, percent, speed } from "../../parts/figures.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import type { LiveRun } from "../../stores/runs.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { ReplyActions } from "./ReplyActions.tsx";
import { ReplyFooter } from "./ReplyFooter.tsx";
import { ReplyOutcome } from "./ReplyOutcome.tsx";
import { replyModelName } from "./replyModelName.ts";
import { shownAnswer } from "./shownAnswer.ts";
import { ThoughtLine } from "./ThoughtLine.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

// Markdown, math and their parsers are read after the first paint.
export const loadAnswerMarkdown = () => import("./markdown/AnswerMarkdown.tsx");
const AnswerMarkdown = lazy(loadAnswerMarkdown);

export interface ReplyMessageProps {
  message: Message;
  /** While the reply is being written. */
  run: LiveRun | undefined;
  /** False while another reply of this chat is being written. */
  canChange: boolean;
  keepInPlace: KeepInPlace;
}

export const ReplyMessage = memo(function ReplyMessage({ message, run, canChange, keepInPlace }: ReplyMessageProps) {
  const thought = run ? run.thought : (message.thought ?? "");
  const answer = shownAnswer(run ? run.answer : message.text);
  const figures = run ? run.live : message.stats;
  const modelName = replyModelName(message.model);
  const isThinking = run?.stage.stage === "thinking" && answer === "";
  return (
    <article
      className="message reply"
      data-message={message.id}
      aria-label={modelName ?? "Reply"}
      aria-busy={run !== undefined}
    >
      {(thought.trim() !== "" || isThinking) && (
        <ThoughtLine
          messageId={message.id}
          thought={thought}
          figures={figures}
          isRunning={isThinking}
          keepInPlace={keepInPlace}
        />
      )}
      {run && thought === "" && answer === "" && !isThinking && <StageLine stage={run.stage} />}
      {answer !== "" && (
        <div data-answer>
          <Suspense
            fallback={
              <div className="answer-text plain-text" data-testid="answer">
                {answer}
              </div>
            }
          >
            <AnswerMarkdown text={answer} />
          </Suspense>
        </div>
      )}
      <ReplyFooter modelName={modelName} figures={figures} />
      {!run && <ReplyOutcome message={message} canChange={canChange} />}
      <ReplyActions message={message} isWriting={run !== undefined} canChange={canChange} />
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
