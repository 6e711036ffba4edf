import type { ReactNode } from "react";
import { errorTexts } from "../../electron/contract/errors.ts";
import { FaultBoundary } from "../parts/FaultBoundary.tsx";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useShell } from "../stores/useStores.ts";

/** Wraps one part of the window. If it cannot be displayed, the others stay usable. */
export function ScreenBoundary({ triedWith, children }: { triedWith?: unknown; children: ReactNode }) {
  const logFault = useShell((state) => state.logFault);
  return (
    <FaultBoundary
      logFault={logFault}
      triedWith={triedWith}
      fallback={(faultId, tryAgain) => (
        <div className="page-notice">
          <ProblemNotice
            problem={{
              code: "screen-not-drawn",
              message: `${errorTexts["screen-not-drawn"].what} Its id is ${faultId}.`,
            }}
          >
            <button type="button" className="button" onClick={tryAgain}>
              Try again
            </button>
          </ProblemNotice>
        </div>
      )}
    >
      {children}
    </FaultBoundary>
  );
}
