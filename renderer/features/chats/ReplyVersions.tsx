import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { LineDiffView } from "../../parts/LineDiffView.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Select } from "../../parts/Select.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import type { ReplyView } from "../../stores/replyViews.ts";
import { useReplyViews } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** How a version of a reply differs from another one, line by line. */
export function ReplyVersions({ view }: { view: Extract<ReplyView, { kind: "versions" }> }) {
  const say = useSay("chats");
  const compare = useReplyViews((state) => state.compare);
  const hide = useReplyViews((state) => state.hide);
  const { message, beforeId, before } = view;
  const { ids, index } = message.version;
  return (
    <SheetDialog title={say("versions.title", { index })} className="reply-versions" onClose={hide}>
      <div className="versions-body">
        <label className="versions-with">
          {say("versions.with")}
          <Select value={beforeId} onChange={({ target }) => compare(message, target.value)}>
            {ids.map(
              (id, at) =>
                id !== message.id && (
                  <option key={id} value={id}>
                    {say("versions.version", { index: at + 1 })}
                  </option>
                ),
            )}
          </Select>
        </label>
        {before.state === "loading" && <output>{say("versions.loading")}</output>}
        {before.state === "failed" && <ProblemNotice problem={before.problem} />}
        {before.state === "ready" && (
          <LineDiffView before={shownAnswer(before.value.text)} after={shownAnswer(message.text)} />
        )}
      </div>
    </SheetDialog>
  );
}
