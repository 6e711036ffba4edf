import { Confirm } from "../../parts/Confirm.tsx";
import { useBenchmark } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface RemoveResultsProps {
  resultIds: string[];
  /** Called once they are gone, with the button that had the focus. */
  onRemoved: () => void;
  onClose: () => void;
}

/** Asks before results are removed from the history. */
export function RemoveResults({ resultIds, onRemoved, onClose }: RemoveResultsProps) {
  const say = useSay("benchmark");
  const remove = useBenchmark((state) => state.remove);
  return (
    <Confirm
      title={say("history.removeTitle", { count: resultIds.length })}
      action={say("history.removeAction")}
      onConfirm={() => void remove(resultIds).then(onRemoved)}
      onClose={onClose}
    >
      {say("history.removeDetail")}
    </Confirm>
  );
}
