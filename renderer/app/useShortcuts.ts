import { useEffect } from "react";

export interface Shortcuts {
  newChat: () => void;
  search: () => void;
  /** Esc, when nothing nearer took it. */
  escape: () => void;
}

/** Ctrl/Cmd+N: new chat. Ctrl/Cmd+K, or / outside a field: search. Esc: closes or stops what is going on. */
export function useShortcuts({ newChat, search, escape }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.altKey || isAsking()) return;
      const key = keyOf(event);
      // On many keyboards the slash needs Shift.
      if (key === "/" && !event.ctrlKey && !event.metaKey && !isField(event.target)) search();
      else if (event.shiftKey) return;
      else if (event.ctrlKey || event.metaKey) {
        if (key === "n") newChat();
        else if (key === "k") search();
        else return;
      } else if (key === "escape") escape();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [newChat, search, escape]);
}

/** Matches the letter, or its key on a keyboard of another script. */
function keyOf({ key, code }: KeyboardEvent): string {
  const isOfAnotherScript = /^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key);
  return (isOfAnotherScript ? code.replace(/^Key/, "") : key).toLowerCase();
}

/** Shortcuts do nothing while a dialog is open. */
function isAsking(): boolean {
  return document.querySelector("[role='alertdialog'], [role='dialog'][aria-modal='true']") !== null;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
