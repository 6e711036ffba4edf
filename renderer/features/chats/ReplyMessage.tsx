import { memo } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { LiveRun } from "../../stores/runs.ts";
import { useSay } from "../../texts.ts";
import { CompareLine } from "./CompareLine.tsx";
import { ReplyBody } from "./ReplyBody.tsx";
import { ReplyFooter } from "./ReplyFooter.tsx";
import { ReplyOutcome } from "./ReplyOutcome.tsx";
import { replyModelName } from "./replyModelName.ts";
import { VoteLine } from "./VoteLine.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

export interface ReplyMessageProps {
  message: Message;
  /** The run while the reply is being written. */
  run: LiveRun | undefined;
  isLast: boolean;
  keepInPlace: KeepInPlace;
}

export const ReplyMessage = memo(function ReplyMessage(props: ReplyMessageProps) {
  const { message, run, isLast, keepInPlace } = props;
  const say = useSay("chats");
  const model = run?.message.model ?? message.model;
  const modelName = replyModelName(model);
  // The message is in the chat slightly before its run is known here.
  const isWriting = run !== undefined || message.state === "streaming";
  return (
    <article
      className="message reply"
      data-message={message.id}
      aria-label={modelName ?? say("reply")}
      aria-busy={isWriting}
    >
      <ReplyBody message={message} run={run} keepInPlace={keepInPlace} />
      <ReplyFooter
        message={message}
        modelName={modelName}
        place={model?.server}
        figures={run ? run.live : message.stats}
        isWriting={isWriting}
        isLast={isLast}
      />
      <VoteLine message={message} />
      <CompareLine message={message} />
      {!isWriting && <ReplyOutcome message={message} isLast={isLast} />}
    </article>
  );
});
