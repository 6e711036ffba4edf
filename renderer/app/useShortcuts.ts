import { useLayoutEffect } from "react";
import { runAction } from "./actions.ts";
import { isAsking } from "./isAsking.ts";
import { shortcutOf } from "./shortcutKeys.ts";

/**
 * Does the action whose keys are pressed (`electron/contract/actions.ts`), unless a component closer to the focus has
 * handled them. Calls `escape` for Esc, which closes or stops what is active.
 */
export function useShortcuts(escape: () => void): void {
  // Before the first field has the focus, so that no key is missed.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isAsking()) return;
      if (event.key === "Escape" && !hasModifier(event)) {
        escape();
        event.preventDefault();
        return;
      }
      const id = shortcutOf(event);
      // A key without a modifier is typed in a field.
      if (id === null || (event.key === "/" && isField(event.target) && !hasModifier(event))) return;
      if (runAction(id)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [escape]);
}

const hasModifier = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => ctrlKey || metaKey || altKey;

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
