import type { ActionId } from "../../electron/contract/actions.ts";
import { useKeyText } from "./useKeyText.ts";

/** The keys of an action, beside what does it. Hidden from screen readers, so that it is no part of the name. */
export function Shortcut({ of }: { of: ActionId }) {
  return (
    <kbd className="kbd" aria-hidden>
      {useKeyText(of)}
    </kbd>
  );
}
