import { X } from "lucide-react";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useShell } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

/** A link that was refused, a clipboard that failed. */
export function ShellProblem() {
  const say = useSay("shell");
  const problem = useShell((state) => state.problem);
  const dismiss = useShell((state) => state.dismissProblem);
  if (!problem) return null;
  return (
    <div className="banner">
      <ProblemNotice problem={problem}>
        <button type="button" className="icon-button" aria-label={say("dismiss")} onClick={dismiss}>
          <X size={16} aria-hidden />
        </button>
      </ProblemNotice>
    </div>
  );
}
