import { type FocusEvent, useLayoutEffect, useRef } from "react";

/**
 * Keeps the keyboard's place when the focused button of a box gives way to others, as Download does to Pause and
 * Cancel: the first of them gets the focus. Returns the props of the box.
 */
export function useKeptFocus<Box extends HTMLElement>() {
  const ref = useRef<Box>(null);
  const hadFocus = useRef(false);
  // After each change, because a button that is removed tells nobody.
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) {
      ref.current?.querySelector<HTMLButtonElement>("button:not(:disabled)")?.focus();
    }
  });
  return {
    ref,
    onFocus: () => {
      hadFocus.current = true;
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<Box>) => {
      hadFocus.current = currentTarget.contains(relatedTarget);
    },
  };
}
