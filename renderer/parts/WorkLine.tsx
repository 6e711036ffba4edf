import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./IconButton.tsx";
import { singleClick } from "./singleClick.ts";

export interface WorkLineProps {
  /** What is under way. */
  children: ReactNode;
  /** How far it is, in words. */
  amount: string;
  /** From 0 to 1; null: not known. */
  fraction: number | null;
  /** The name of the bar. */
  label: string;
  /** Null: it cannot be cancelled. */
  cancel: { label: string; onClick: () => void } | null;
}

/** One line about work that goes on in the background, with its progress. */
export function WorkLine({ children, amount, fraction, label, cancel }: WorkLineProps) {
  return (
    <div className="notice">
      <span className="notice-words">{children}</span>
      <span className="quiet figure">{amount}</span>
      <progress
        className="progress work-bar"
        aria-label={label}
        max={100}
        {...(fraction === null ? {} : { value: Math.floor(Math.min(1, fraction) * 1000) / 10 })}
      />
      {cancel && (
        <IconButton label={cancel.label} onClick={singleClick(cancel.onClick)}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
