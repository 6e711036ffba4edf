import { CircleAlert } from "lucide-react";
import type { Problem } from "../../../electron/contract/errors.ts";
import { inOneLine } from "../../../electron/texts/failureText.ts";
import { texts, useFailureText, useSay } from "../../texts.ts";

export interface FaultCellProps {
  problem: Problem;
  /** What happened, in fewer words than the failure's own. */
  what?: string | undefined;
  /** Whether it has just happened, and is announced. */
  isNews?: boolean;
  isOpen: boolean;
  onToggle: () => void;
}

/** What is wrong with a model, in as many lines as there is room for. Its details open below the row. */
export function FaultCell({ problem, what, isNews = false, isOpen, onToggle }: FaultCellProps) {
  const say = useSay("shell");
  const words = inOneLine(texts, useFailureText(problem));
  return (
    <div className="model-fault">
      <CircleAlert size={16} aria-hidden />
      <span className="fault-words" role={isNews ? "alert" : undefined} title={words}>
        {what ?? words}
      </span>
      <button type="button" className="text-button" aria-expanded={isOpen} onClick={onToggle}>
        {say("details")}
      </button>
    </div>
  );
}
