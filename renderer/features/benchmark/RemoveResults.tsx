import { Confirm } from "../../parts/Confirm.tsx";
import { useSay } from "../../texts.ts";

export interface RemoveResultsProps {
  resultIds: string[];
  remove: (resultIds: string[]) => Promise<void>;
  /** Called once they are gone, with the button that had the focus. */
  onRemoved: () => void;
  onClose: () => void;
}

/** Asks before results are removed from the history. */
export function RemoveResults({ resultIds, remove, onRemoved, onClose }: RemoveResultsProps) {
  const say = useSay("benchmark");
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
