import { useLayoutEffect, useRef } from "react";
import type { ActionId } from "../../electron/contract/actions.ts";
import { offerAction } from "./actions.ts";

/**
 * Offers an action while the component is mounted, to the keyboard, the menu and the command palette. Returns nothing:
 * buttons may call `run` themselves.
 */
export function useAction(id: ActionId, run: () => void, isEnabled = true): void {
  const latest = useRef({ run, isEnabled });
  useLayoutEffect(() => {
    latest.current = { run, isEnabled };
  });
  // As early as the keys that ask for it (useShortcuts).
  useLayoutEffect(
    () =>
      offerAction(id, {
        run: () => latest.current.run(),
        isEnabled: () => latest.current.isEnabled,
      }),
    [id],
  );
}
