import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { useSay } from "../../texts.ts";
import { SpeedLine } from "./SpeedLine.tsx";

export interface ReplyFooterProps {
  /** Null if not known, for example if a reply had no model. */
  modelName: string | null;
  /** Null if nothing was measured. */
  figures: LiveReply | ReplyStats | null;
}

/** The model that wrote a reply, and its speed. */
export function ReplyFooter({ modelName, figures }: ReplyFooterProps) {
  const say = useSay("chats");
  return (
    <div className="reply-footer">
      <bdi className="reply-model" title={modelName ?? undefined}>
        {modelName ?? say("speed.noModelName")}
      </bdi>
      {figures && <SpeedLine figures={figures} />}
    </div>
  );
}
