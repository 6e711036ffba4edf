import { useContext, useMemo, useState } from "react";
import { boxedResult } from "../../../electron/contract/boxedResult.ts";
import type { Message } from "../../../electron/contract/chats.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { growingText, isBlankText } from "../../stores/growingText.ts";
import type { LiveRun } from "../../stores/runs.ts";
import { AnswerMarkdown } from "./markdown/AnswerMarkdown.tsx";
import { AskedContext } from "./markdown/Citation.tsx";
import { PageCardContext } from "./pageCardContext.ts";
import { plainResult } from "./plainResult.ts";
import { RepeatingLine } from "./RepeatingLine.tsx";
import { replyModelName } from "./replyModelName.ts";
import { SkipThinking } from "./SkipThinking.tsx";
import { useSkipHindrance } from "./useSkipHindrance.ts";
import { StageLine } from "./StageLine.tsx";
import { ThoughtLine } from "./ThoughtLine.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

export interface ReplyBodyProps {
  message: Message;
  /** The run while the reply is being written. */
  run: LiveRun | undefined;
  keepInPlace: KeepInPlace;
}

/** What a model has written by now, its thought folded, and what it is doing. */
export function ReplyBody({ message, run, keepInPlace }: ReplyBodyProps) {
  const pageCard = useContext(PageCardContext);
  const keptThought = useMemo(() => growingText((message.thought ?? "").trimEnd()), [message.thought]);
  const keptAnswer = useMemo(() => growingText(shownAnswer(message.text)), [message.text]);
  const thought = run ? run.thought : keptThought;
  const answer = run ? run.answer : keptAnswer;
  // The message is in the chat slightly before its run is known here.
  const isWriting = run !== undefined || message.state === "streaming";
  const begun = useBeginnings(isWriting);
  const stage = run?.stage.stage;
  const isThinking = stage === "thinking" && answer.length === 0;
  const isStarting = stage !== "thinking" && stage !== "answering";
  const model = run?.message.model ?? message.model;
  const hindrance = useSkipHindrance(model?.id);
  const result = useMemo(() => {
    const tex = isWriting || message.thought === null ? null : boxedResult(message.text);
    return tex === null ? null : plainResult(tex);
  }, [isWriting, message.thought, message.text]);
  const isBlank = isBlankText(thought) && answer.length === 0;
  return (
    <>
      {(!isBlankText(thought) || isThinking) && (
        <ThoughtLine
          messageId={message.id}
          thought={thought}
          figures={run ? run.live : message.stats}
          isRunning={isThinking}
          result={result}
          isStopped={!isWriting && message.state !== "done" && answer.length === 0}
          action={isThinking && <SkipThinking hindrance={hindrance} />}
          keepInPlace={keepInPlace}
        />
      )}
      {answer.length > 0 && (
        <div data-answer>
          <AskedContext value={message.parentId ?? message.id}>
            <AnswerMarkdown key={begun} text={answer} isWriting={isWriting} />
          </AskedContext>
        </div>
      )}
      {answer.length > 0 && pageCard(message.id)}
      {isWriting && isStarting && (
        <div className={isBlank ? "reply-start" : undefined}>
          {run && <StageLine stage={run.stage} modelName={replyModelName(model)} />}
        </div>
      )}
      {run?.live.isRepeating && !isStarting && <RepeatingLine isThinking={isThinking} canSkip={hindrance === null} />}
    </>
  );
}

/** Returns how often writing has begun. A reply that is continued is cut into blocks anew: its last one was not whole. */
function useBeginnings(isWriting: boolean): number {
  const [state, setState] = useState({ wasWriting: isWriting, count: 0 });
  if (state.wasWriting === isWriting) return state.count;
  const count = isWriting ? state.count + 1 : state.count;
  setState({ wasWriting: isWriting, count });
  return count;
}
