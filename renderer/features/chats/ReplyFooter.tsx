import { Popover } from "@base-ui/react/popover";
import { memo, useState } from "react";
import type { Message, ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import type { WrittenAt } from "../../../electron/contract/servers.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ReplyActions } from "./ReplyActions.tsx";
import { ReplyPlace } from "./ReplyPlace.tsx";
import { speedPopover, speedTriggerId } from "./replyPopups.ts";
import { Sparkline } from "./Sparkline.tsx";
import { useSilence } from "./useSilence.ts";

/** The engine reports its figures four times a second. After this long without any, it has stalled. */
const silenceMs = 2000;

export interface ReplyFooterProps {
  message: Message;
  /** Null if not known, for example if a reply had no model. */
  modelName: string | null;
  /** The server that it is on. Left out if the model is a file of this machine. */
  place: WrittenAt | undefined;
  /** Null if nothing was measured. */
  figures: LiveReply | ReplyStats | null;
  isWriting: boolean;
  isLast: boolean;
}

/**
 * One row under a reply: the model, its speed, and what can be done with it. It has its height before there is anything
 * to show, and never wraps: in a narrow column, facts are left out in a fixed order (replyFooter.css).
 */
export const ReplyFooter = memo(function ReplyFooter(props: ReplyFooterProps) {
  const { message, modelName, place, figures, isWriting, isLast } = props;
  const say = useSay("chats");
  return (
    <div className={isLast ? "reply-footer is-last" : "reply-footer"}>
      <div className="reply-facts">
        <bdi className="reply-model clip" title={modelName ?? undefined}>
          {modelName ?? say("speed.noModelName")}
        </bdi>
        {place !== undefined && <ReplyPlace place={place} />}
        {message.model?.edited && !isWriting && <span>{say("speed.edited")}</span>}
        {figures && <SpeedButton messageId={message.id} figures={figures} />}
      </div>
      {!isWriting && <ReplyActions message={message} />}
    </div>
  );
});

/** What the engine measured. A press opens the chart and all figures. Renders nothing before the first token. */
function SpeedButton({ messageId, figures: measured }: { messageId: string; figures: LiveReply | ReplyStats }) {
  const say = useSay("chats");
  const figures = useFigures();
  const live = "stopReason" in measured ? null : measured;
  const isSilent = useSilence(live, silenceMs);
  /** What had a place while the reply was written keeps it: the end of the reply moves nothing. */
  const [wasLive] = useState(live !== null);
  const { ttftMs, tokensPerSecond, speedSamples, promptTokens, thoughtTokens, answerTokens } = measured;
  const written = thoughtTokens + answerTokens;
  if (ttftMs === null || written === 0) return null;
  const speed = live === null ? tokensPerSecond : live.tokensPerSecondNow;
  return (
    <Popover.Trigger
      id={speedTriggerId(messageId)}
      handle={speedPopover}
      payload={{ messageId }}
      className="reply-speed"
      title={say("speed.course")}
    >
      {live !== null ? (
        <span className="reply-now">
          {isSilent ? (
            say("speed.none")
          ) : speed === null ? (
            <span className="reply-measuring">{say("speed.measuring")}</span>
          ) : (
            figures.speed(speed)
          )}
        </span>
      ) : (
        // A reply of one token has none.
        (speed !== null || wasLive) && <span className="reply-now">{speed !== null && figures.speed(speed)}</span>
      )}
      {(wasLive || speedSamples.length > 1) && <Sparkline samples={speedSamples} />}
      {isSilent ? (
        <span className="reply-silent">{say("speed.silent")}</span>
      ) : (
        <span className="reply-first">
          <span>
            <span>{say("speed.toFirstToken", { time: figures.seconds(ttftMs) })}</span>
          </span>
        </span>
      )}
      <span>{say("speed.inOut", { prompt: promptTokens, count: written })}</span>
    </Popover.Trigger>
  );
}
