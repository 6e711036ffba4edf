import { X } from "lucide-react";
import type { FolderMove } from "../../../electron/contract/folder.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { PathName } from "../../parts/PathName.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { singleClick } from "../../parts/singleClick.ts";
import { useFolder } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";

/** A move of the models that is under way or has failed. */
export function FolderMoveLine({ move }: { move: FolderMove }) {
  const { say } = useTexts();
  const retry = useFolder((state) => state.retry);
  const cancel = useFolder((state) => state.cancel);
  if (move.state === "none") return null;
  if (move.state === "moving") return <Moving {...move} />;
  // The failure's own advice mentions undoing the move, or choosing another folder.
  const withoutUndo =
    move.problem.code === "models-folder-missing" ? say("models:folder.connectOnly") : say("models:folder.retryOnly");
  return (
    <div className="section-note">
      <ProblemNotice problem={move.problem} next={move.canUndo ? undefined : withoutUndo}>
        <button type="button" className="button" onClick={singleClick(() => void retry())}>
          {say("shell:tryAgain")}
        </button>
        {move.canUndo && (
          <button type="button" className="button" onClick={singleClick(() => void cancel())}>
            {say("models:folder.undo")}
          </button>
        )}
      </ProblemNotice>
    </div>
  );
}

function Moving({ step, to, movedBytes, totalBytes }: Extract<FolderMove, { state: "moving" }>) {
  const { say, figures } = useTexts();
  const cancel = useFolder((state) => state.cancel);
  const isCounting = step === "copying" && totalBytes > 0;
  const fraction = isCounting ? movedBytes / totalBytes : null;
  return (
    <div className="folder-move">
      <span className="folder-move-words">
        <Sentence
          text={say("models:folder.moving", { folder: slot("folder") })}
          slots={{ folder: <PathName path={to} /> }}
        />
      </span>
      <span className="quiet figure">
        {isCounting
          ? say("models:folder.amountOf", { moved: figures.bytes(movedBytes), total: figures.bytes(totalBytes) })
          : say(`models:folder.steps.${step}`)}
      </span>
      {(step === "copying" || step === "waiting") && (
        <IconButton small label={say("models:folder.cancelLabel")} onClick={singleClick(() => void cancel())}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
      <progress
        className="progress"
        aria-label={say("models:folder.progress")}
        max={100}
        {...(fraction === null ? {} : { value: Math.floor(fraction * 1000) / 10 })}
      />
    </div>
  );
}
