import { X } from "lucide-react";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useShell } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

/** Why a request to the desktop failed, such as opening a link or copying to the clipboard. */
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
