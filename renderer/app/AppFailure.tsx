import { errorTexts } from "../../electron/contract/errors.ts";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { chatHash } from "./route.ts";

/** Replaces the whole window when it cannot be displayed. */
export function AppFailure({ faultId, tryAgain }: { faultId: string; tryAgain: () => void }) {
  const loadAgain = (): void => {
    window.location.hash = chatHash(null);
    tryAgain();
  };
  return (
    <main className="app-failure">
      <ProblemNotice
        problem={{ code: "window-not-drawn", message: `${errorTexts["window-not-drawn"].what} Its id is ${faultId}.` }}
      >
        <button type="button" className="button" onClick={loadAgain}>
          Load again
        </button>
      </ProblemNotice>
    </main>
  );
}
