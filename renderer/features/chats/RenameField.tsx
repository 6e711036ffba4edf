import { isVisibleName, mostTitleChars } from "../../../electron/contract/names.ts";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useSay } from "../../texts.ts";
import { takeTyped } from "./typedAhead.ts";

export interface RenameFieldProps {
  title: string;
  maxChars?: number;
  /** Called once, with the new title, or with null if it does not change. */
  onDone: (title: string | null) => void;
}

/** Enter or leaving the field saves the new title; Escape restores the old one. */
export function RenameField({ title, maxChars = mostTitleChars, onDone }: RenameFieldProps) {
  const say = useSay("chats");
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  // Another window may rename the chat meanwhile, which leaving an unchanged field must not undo.
  const [initial] = useState(title);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.select();
    const typed = takeTyped();
    if (element && typed !== "")
      element.setRangeText(typed.slice(0, element.maxLength), 0, element.value.length, "end");
  }, []);
  const finish = (keep: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    const next = field.current?.value.trim() ?? "";
    onDone(keep && isVisibleName(next) && next !== initial ? next : null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      // Otherwise the key would also press what gets the focus next.
      event.preventDefault();
      finish(true);
    }
    if (event.key === "Escape") finish(false);
  };
  return (
    <input
      dir="auto"
      ref={field}
      className="rename-field"
      aria-label={say("list.title")}
      defaultValue={initial}
      maxLength={maxChars}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
    />
  );
}
