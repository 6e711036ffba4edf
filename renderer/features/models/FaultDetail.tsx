import type { ReactNode } from "react";
import type { Problem } from "../../../electron/contract/errors.ts";
import { inOneLine } from "../../../electron/texts/failureText.ts";
import { useShell } from "../../stores/useStores.ts";
import { texts, useFailureText, useSay } from "../../texts.ts";

export interface FaultDetailProps {
  problem: Problem;
  /** Buttons for what else can be done. */
  children?: ReactNode;
}

/** All that is known about a failure, below its row. */
export function FaultDetail({ problem, children }: FaultDetailProps) {
  const say = useSay("downloads");
  const copyText = useShell((state) => state.copyText);
  const words = inOneLine(texts, useFailureText(problem));
  const facts = [problem.code, problem.faultId, problem.detail].filter(Boolean).join("\n");
  return (
    <>
      <p>{words}</p>
      <pre className="fault-facts">{facts}</pre>
      <div className="detail-actions">
        <button type="button" className="text-button" onClick={() => void copyText(`${words}\n${facts}`)}>
          {say("copyDetails")}
        </button>
        {children}
      </div>
    </>
  );
}
