import type { ReactNode } from "react";
import { useSay } from "../../texts.ts";
import { moveRowFocus } from "./moveRowFocus.ts";

interface ShowRowButtonProps {
  /** Whether the Tab key reaches it. */
  isStop: boolean;
  onFocus: () => void;
  children: ReactNode;
}

/** The control of a row whose result is shown by a click, which arrives at the row. */
export function ShowRowButton({ isStop, onFocus, children }: ShowRowButtonProps) {
  const say = useSay("benchmark");
  return (
    <button
      type="button"
      className="row-button"
      data-row-control
      tabIndex={isStop ? 0 : -1}
      title={say("history.show")}
      onFocus={onFocus}
      onKeyDown={moveRowFocus}
    >
      {children}
    </button>
  );
}
