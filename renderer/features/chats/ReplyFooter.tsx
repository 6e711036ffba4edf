import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { SpeedLine } from "./SpeedLine.tsx";

export interface ReplyFooterProps {
  /** Null: not known, as in a reply that no model was there to write. */
  modelName: string | null;
  /** Null where nothing was measured. */
  figures: LiveReply | ReplyStats | null;
}

/** Which model wrote a reply, and how fast. */
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
