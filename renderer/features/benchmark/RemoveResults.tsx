import { Confirm } from "../../parts/Confirm.tsx";
import { useBenchmark } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Asks before results are removed from the history. */
export function RemoveResults({ resultIds, onClose }: { resultIds: string[]; onClose: () => void }) {
  const say = useSay("benchmark");
  const remove = useBenchmark((state) => state.remove);
  return (
    <Confirm
      title={say("history.removeTitle", { count: resultIds.length })}
      action={say("history.removeAction")}
      onConfirm={() => void remove(resultIds)}
      onClose={onClose}
    >
      {say("history.removeDetail")}
    </Confirm>
  );
}
