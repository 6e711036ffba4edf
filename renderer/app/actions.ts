import type { ActionId } from "../../electron/contract/actions.ts";

/** What a part of the window offers to do when the action is chosen. */
export interface OfferedAction {
  run: () => void;
  /** Asked whenever the action is shown or chosen. An action is enabled unless this says otherwise. */
  isEnabled?: () => boolean;
}

/** Several parts may offer the same action; the one that was mounted last is asked first. */
const offered = new Map<ActionId, OfferedAction[]>();

/** Offers to do an action, until the returned function is called. Components use `useAction`. */
export function offerAction(id: ActionId, action: OfferedAction): () => void {
  offered.set(id, [action, ...(offered.get(id) ?? [])]);
  return () => {
    offered.set(
      id,
      (offered.get(id) ?? []).filter((other) => other !== action),
    );
  };
}

const enabledOffer = (id: ActionId): OfferedAction | undefined =>
  offered.get(id)?.find(({ isEnabled }) => isEnabled?.() ?? true);

/** Returns whether the action can be done now: a part of the window offers it and it is enabled. */
export const canRun = (id: ActionId): boolean => enabledOffer(id) !== undefined;

/** Does the action. Returns false if it cannot be done now. */
export function runAction(id: ActionId): boolean {
  const action = enabledOffer(id);
  action?.run();
  return action !== undefined;
}
