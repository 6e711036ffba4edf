import { useEffect } from "react";

export interface Shortcuts {
  newChat: () => void;
  search: () => void;
  /** Esc, when nothing nearer took it. */
  escape: () => void;
}

/** Ctrl or Cmd+N: new chat. Ctrl or Cmd+K, or a slash outside a field: search. Esc: stop the running reply. */
export function useShortcuts({ newChat, search, escape }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return;
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (key === "n") newChat();
        else if (key === "k") search();
        else return;
      } else if (key === "escape") escape();
      else if (key === "/" && !isField(event.target)) search();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [newChat, search, escape]);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
