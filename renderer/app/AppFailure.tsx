import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useSay } from "../texts.ts";
import { chatHash } from "./route.ts";

/** Replaces the whole window when it cannot be displayed. */
export function AppFailure({ faultId, tryAgain }: { faultId: string; tryAgain: () => void }) {
  const say = useSay("shell");
  const loadAgain = (): void => {
    window.location.hash = chatHash(null);
    tryAgain();
  };
  return (
    <main className="app-failure">
      <ProblemNotice problem={{ code: "window-not-drawn", facts: { faultId } }}>
        <button type="button" className="button" onClick={loadAgain}>
          {say("loadAgain")}
        </button>
      </ProblemNotice>
    </main>
  );
}
