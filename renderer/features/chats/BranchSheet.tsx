import { useAction } from "../../app/useAction.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useBranches, useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { BranchTree } from "./BranchTree.tsx";
import "./branchSheet.css";

/** A map of the branches of the open chat, over it. */
export function BranchSheet() {
  const say = useSay("chats");
  const openId = useConversation((state) => state.openId);
  const shown = useBranches((state) => state.shown);
  const { show, hide } = useBranches((state) => state);
  useAction("showBranches", () => openId !== null && show(openId), openId !== null);
  if (shown === null || shown.chatId !== openId) return null;
  const { map } = shown;
  return (
    <SheetDialog title={say("branches.title")} className="branch-sheet" onClose={hide}>
      {map.state === "loading" && <output className="branch-note">{say("branches.loading")}</output>}
      {map.state === "failed" && (
        <div className="branch-note">
          <ProblemNotice problem={map.problem} />
        </div>
      )}
      {map.state === "ready" && (
        <>
          <p className="hint branch-note">
            {say(map.value.runs.length > 1 ? "branches.hint" : "branches.none")}
            {!map.value.isAll && ` ${say("branches.cut", { count: map.value.runs.length })}`}
          </p>
          <BranchTree runs={map.value.runs} />
        </>
      )}
    </SheetDialog>
  );
}
