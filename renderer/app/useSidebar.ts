import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { focusComposer } from "../features/chats/focusComposer.ts";

/** Same as in shell.css: in narrower windows the sidebar covers the page and is hidden until the user opens it. */
const narrow = "(width < 760px)";

export interface SidebarState {
  /** Whether it covers the page; always false in a wide window, where it is beside the page. */
  isOut: boolean;
  searchField: RefObject<HTMLInputElement | null>;
  button: RefObject<HTMLButtonElement | null>;
  /** Shows it if it is hidden, and focuses the search field. */
  search: () => void;
  /** Hides it if it covers the page. Returns whether it did. */
  hide: () => boolean;
}

export function useSidebar(): SidebarState {
  const [isOut, setOut] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const search = useCallback(() => {
    // Rendered synchronously, because a hidden field cannot receive the focus.
    if (matchMedia(narrow).matches) flushSync(() => setOut(true));
    searchField.current?.focus();
    searchField.current?.select();
  }, []);
  const hide = useCallback(() => {
    if (!isOut) return false;
    flushSync(() => setOut(false));
    button.current?.focus();
    return true;
  }, [isOut]);

  useEffect(() => {
    const media = matchMedia(narrow);
    const onChange = (): void => setOut(false);
    media.addEventListener("change", onChange);
    return () => media.removeEventListener("change", onChange);
  }, []);

  // It closes once the user has chosen something, even the current screen.
  useEffect(() => {
    if (!isOut) return;
    const onClick = ({ target }: MouseEvent): void => {
      if (!(target instanceof Element) || target.closest(".sidebar a, .sidebar [role=option]") === null) return;
      hide();
      focusComposer();
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [isOut, hide]);

  return { isOut, searchField, button, search, hide };
}
