import { createContext, type RefCallback, useCallback, useContext } from "react";

/**
 * Switches the buttons that change a chat off while a reply is being written. It does so without React, because a long
 * chat has thousands of them, and the start and the end of a reply would render them all.
 */
export interface ChangeGate {
  isOpen: () => boolean;
  set: (isOpen: boolean) => void;
  /** Follows the gate until the returned function is called; `isOff`: the button has a reason of its own to be off. */
  add: (button: HTMLButtonElement, isOff: boolean) => () => void;
}

export function createChangeGate(): ChangeGate {
  const buttons = new Map<HTMLButtonElement, boolean>();
  let isOpen = true;
  const apply = (button: HTMLButtonElement, isOff: boolean): void => {
    button.disabled = isOff || !isOpen;
  };
  return {
    isOpen: () => isOpen,
    set: (next) => {
      if (next === isOpen) return;
      isOpen = next;
      buttons.forEach((isOff, button) => apply(button, isOff));
    },
    add: (button, isOff) => {
      buttons.set(button, isOff);
      apply(button, isOff);
      return () => buttons.delete(button);
    },
  };
}

/** Always open, for messages outside a list. */
export const ChangeGateContext = createContext(createChangeGate());

/** Returns the ref of a button that changes the chat. Such a button has no `disabled` of its own. */
export function useChangeGate(isOff = false): RefCallback<HTMLButtonElement> {
  const gate = useContext(ChangeGateContext);
  return useCallback(
    (button: HTMLButtonElement | null) => (button === null ? undefined : gate.add(button, isOff)),
    [gate, isOff],
  );
}
