import type { ReactNode } from "react";
import { FaultBoundary } from "../parts/FaultBoundary.tsx";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useShell } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

/** Wraps one part of the window. If it cannot be displayed, the other parts stay usable. */
export function ScreenBoundary({ triedWith, children }: { triedWith?: unknown; children: ReactNode }) {
  const say = useSay("shell");
  const logFault = useShell((state) => state.logFault);
  return (
    <FaultBoundary
      logFault={logFault}
      triedWith={triedWith}
      fallback={(faultId, tryAgain) => (
        <div className="page-notice">
          <ProblemNotice problem={{ code: "screen-not-drawn", facts: { faultId } }}>
            <button type="button" className="button" onClick={tryAgain}>
              {say("tryAgain")}
            </button>
          </ProblemNotice>
        </div>
      )}
    >
      {children}
    </FaultBoundary>
  );
}
