import { X } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useSay } from "../texts.ts";
import { IconButton } from "./IconButton.tsx";

/** How long an offer to undo stays. The time stops while the pointer or the focus is in the notice. */
export const noticeMs = 10_000;

export interface NoticeProps {
  /** What happened. */
  children: ReactNode;
  /** What can be done about it, such as Undo. */
  action?: { label: string; onClick: () => void };
  onDismiss: () => void;
  /** How long it stays. Null: until it is dismissed. */
  lastsMs?: number | null;
}

/** One line about what just happened, with one action. Shown inside an `output`, which announces it. */
export function Notice({ children, action, onDismiss, lastsMs = noticeMs }: NoticeProps) {
  const say = useSay("shell");
  const [isHeld, setHeld] = useState(false);
  const dismiss = useEffectEvent(onDismiss);
  useEffect(() => {
    if (isHeld || lastsMs === null) return;
    const timer = setTimeout(dismiss, lastsMs);
    return () => clearTimeout(timer);
  }, [isHeld, lastsMs]);
  const hold = (): void => setHeld(true);
  const release = (): void => setHeld(false);
  return (
    <div className="notice" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <span className="notice-words">{children}</span>
      {action && (
        <button type="button" className="button ghost" onClick={action.onClick}>
          {action.label}
        </button>
      )}
      <IconButton label={say("dismiss")} onClick={onDismiss}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
