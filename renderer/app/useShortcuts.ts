import { useEffect } from "react";

export interface Shortcuts {
  newChat: () => void;
  search: () => void;
  /** Called for Esc, unless a component closer to the focus has handled it. */
  escape: () => void;
}

/** Ctrl/Cmd+N: new chat. Ctrl/Cmd+K, or / outside a field: search. Esc: closes or stops what is active. */
export function useShortcuts({ newChat, search, escape }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.altKey || isAsking()) return;
      const key = keyOf(event);
      // On many keyboard layouts the slash requires Shift.
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

/** Returns the letter, or for keyboards of other scripts the letter on the same physical key. */
function keyOf({ key, code }: KeyboardEvent): string {
  const isOfAnotherScript = /^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key);
  return (isOfAnotherScript ? code.replace(/^Key/, "") : key).toLowerCase();
}

/** Returns whether a dialog is open. Shortcuts do nothing meanwhile. */
function isAsking(): boolean {
  return document.querySelector("[role='alertdialog'], [role='dialog'][aria-modal='true']") !== null;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
