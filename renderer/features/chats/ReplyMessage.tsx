import { memo, useMemo } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { RunStage } from "../../../electron/contract/runs.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { growingText, isBlankText } from "../../stores/growingText.ts";
import type { LiveRun } from "../../stores/runs.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { useFigures, useSay } from "../../texts.ts";
import { AnswerMarkdown } from "./markdown/AnswerMarkdown.tsx";
import { ReplyActions } from "./ReplyActions.tsx";
import { ReplyFooter } from "./ReplyFooter.tsx";
import { ReplyOutcome } from "./ReplyOutcome.tsx";
import { replyModelName } from "./replyModelName.ts";
import { ThoughtLine } from "./ThoughtLine.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

export interface ReplyMessageProps {
  message: Message;
  /** The run while the reply is being written. */
  run: LiveRun | undefined;
  /** False while another reply in this chat is being written. */
  canChange: boolean;
  keepInPlace: KeepInPlace;
}

export const ReplyMessage = memo(function ReplyMessage({ message, run, canChange, keepInPlace }: ReplyMessageProps) {
  const say = useSay("chats");
  const keptThought = useMemo(() => growingText((message.thought ?? "").trimEnd()), [message.thought]);
  const keptAnswer = useMemo(() => growingText(shownAnswer(message.text)), [message.text]);
  const thought = run ? run.thought : keptThought;
  const answer = run ? run.answer : keptAnswer;
  const figures = run ? run.live : message.stats;
  const modelName = replyModelName(run?.message.model ?? message.model);
  // The message is in the chat slightly before its run is known here.
  const isWriting = run !== undefined || message.state === "streaming";
  const isThinking = run?.stage.stage === "thinking" && answer.length === 0;
  return (
    <article
      className="message reply"
      data-message={message.id}
      aria-label={modelName ?? say("reply")}
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

/** Shows what happens before the first token. */
function StageLine({ stage }: { stage: RunStage }) {
  const say = useSay("chats");
  const figures = useFigures();
  switch (stage.stage) {
    case "queued":
      return <QueuedLine />;
    case "loading":
      return (
        <p className="stage">
          {say("stage.loading")} <LoadProgress label={say("stage.loading")} fraction={stage.fraction} />{" "}
          <span className="figure">{figures.percent(stage.fraction)}</span>
        </p>
      );
    case "reading":
      return (
        <p className="stage">
          {say("stage.reading")}{" "}
          <span className="figure">
            {say("stage.read", { read: stage.readTokens, prompt: figures.tokens(stage.promptTokens) })}
            {stage.tokensPerSecond !== null && ` · ${figures.speed(stage.tokensPerSecond)}`}
          </span>
        </p>
      );
    case "thinking":
    case "answering":
      return null;
  }
}

function QueuedLine() {
  const say = useSay("chats");
  // If the benchmark is itself waiting, it is not what delays this reply.
  const benchmark = useRunningBenchmark();
  const tuning = useRunningTuning();
  const slots = { model: slot("model"), hardware: slot("hardware") };
  if (tuning?.state === "trying") {
    return <WaitingFor text={say("stage.forTuning", slots)} model={tuning.run.modelName} />;
  }
  if (benchmark === null || benchmark.state === "queued") return <p className="stage">{say("stage.forReply")}</p>;
  return <WaitingFor text={say("stage.forBenchmark", slots)} model={benchmark.run.modelName} />;
}

function WaitingFor({ text, model }: { text: string; model: string }) {
  const say = useSay("shell");
  return (
    <p className="stage">
      <Sentence
        text={text}
        slots={{ model: <bdi>{model}</bdi>, hardware: <a href="#/hardware">{say("screens.hardware")}</a> }}
      />
    </p>
  );
}
