import type { AppliedTuning } from "../../../electron/contract/tune.ts";
import { day, fasterText } from "../../parts/figures.ts";
import { useTune } from "../../stores/useStores.ts";

/** What tuning set for the model and is in force, with the way back. */
export function AppliedNotice({ modelId, tuning }: { modelId: string; tuning: AppliedTuning }) {
  const undo = useTune((state) => state.undo);
  const { changes, faster, appliedAt, lossy } = tuning;
  return (
    <div className="tune-applied">
      <p>
        Tuned on {day(appliedAt)}: {changes.map(({ label }) => label).join("; ")}. When it was measured, that was{" "}
        {fasterText(faster)}
        {lossy && ", with lossy keys and values"}. Takes effect with the next message.
      </p>
      <button type="button" className="button" onClick={() => void undo(modelId)}>
        Undo
      </button>
    </div>
  );
}
