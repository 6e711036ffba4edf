import type { AppliedTuning } from "../../../electron/contract/tune.ts";
import { changesText } from "../../../electron/texts/tune/changesText.ts";
import { useTune } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";

export interface AppliedNoticeProps {
  modelId: string;
  tuning: AppliedTuning;
  /** Whether it can be undone here. The outcome of the same tuning has its own button. */
  canUndo: boolean;
}

/** What tuning set for the model. */
export function AppliedNotice({ modelId, tuning, canUndo }: AppliedNoticeProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const undo = useTune((state) => state.undo);
  const { changes, faster, appliedAt, lossy } = tuning;
  return (
    <div className="tune-applied">
      <p>
        {say(lossy ? "tune:applied.tunedLossy" : "tune:applied.tuned", {
          day: figures.day(appliedAt),
          changes: changesText(texts, changes),
          comparison: figures.faster(faster),
        })}
      </p>
      {canUndo && (
        <button type="button" className="button" onClick={() => void undo(modelId)}>
          {say("tune:applied.undo")}
        </button>
      )}
    </div>
  );
}
