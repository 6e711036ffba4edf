import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useRefusalWords } from "./useRefusalWords.tsx";

/** Why a file was refused or a model did not load, if that was requested in this window. */
export function ModelNotice() {
  const say = useSay("shell");
  const chosen = useChosenModel();
  const problem = useModels((state) => state.problem);
  const loaded = useModels((state) => state.loaded);
  const load = useModels((state) => state.load);
  const dismiss = useModels((state) => state.dismissProblem);
  const refusal = useRefusalWords(problem);
  if (!problem) return null;
  return (
    <div className="banner">
      <ProblemNotice problem={problem} {...refusal} onDismiss={dismiss}>
        {loaded.state === "failed" && loaded.modelId === chosen?.id && (
          <button type="button" className="button" onClick={() => void load(loaded.modelId)}>
            {say("tryAgain")}
          </button>
        )}
      </ProblemNotice>
    </div>
  );
}
