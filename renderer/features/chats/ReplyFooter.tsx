import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { SpeedLine } from "./SpeedLine.tsx";

export interface ReplyFooterProps {
  /** Null if unknown, as in a reply for which there was no model. */
  modelName: string | null;
  /** Null where nothing was measured. */
  figures: LiveReply | ReplyStats | null;
}

/** The model that wrote a reply, and its speed. */
export function ReplyFooter({ modelName, figures }: ReplyFooterProps) {
  return (
    <div className="reply-footer">
      <bdi className="reply-model" title={modelName ?? undefined}>
        {modelName ?? "Unknown model"}
      </bdi>
      {figures && <SpeedLine figures={figures} />}
    </div>
  );
}
