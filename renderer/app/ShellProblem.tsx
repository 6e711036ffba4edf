import type { Problem } from "../../electron/contract/errors.ts";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useNetwork, useShell } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

/**
 * Why something failed that was asked for on any screen: a request to the desktop, such as opening a link or copying to
 * the clipboard, and turning Offline on or off.
 */
export function ShellProblem() {
  const say = useSay("network");
  const problem = useShell((state) => state.problem);
  const dismiss = useShell((state) => state.dismissProblem);
  const isOffline = useNetwork((state) => state.network?.isOffline ?? false);
  const offlineProblem = useNetwork((state) => state.problem);
  const dismissOffline = useNetwork((state) => state.dismissProblem);
  return (
    <>
      {problem && <Dismissible problem={problem} onDismiss={dismiss} />}
      {offlineProblem && (
        <Dismissible
          problem={offlineProblem}
          safe={say(isOffline ? "stillOffline" : "stillOnline")}
          onDismiss={dismissOffline}
        />
      )}
    </>
  );
}

function Dismissible({ problem, safe, onDismiss }: { problem: Problem; safe?: string; onDismiss: () => void }) {
  return (
    <div className="banner">
      <ProblemNotice problem={problem} safe={safe} onDismiss={onDismiss} />
    </div>
  );
}
