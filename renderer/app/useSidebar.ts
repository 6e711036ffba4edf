import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { focusComposer } from "../features/chats/focusComposer.ts";

/** As in shell.css: below this the sidebar lies over the page, and comes out when it is asked for. */
const narrow = "(width < 760px)";

export interface SidebarState {
  /** Over the page; false on a wide window, where it is always beside it. */
  isOut: boolean;
  searchField: RefObject<HTMLInputElement | null>;
  button: RefObject<HTMLButtonElement | null>;
  /** Shows it, where it is hidden, with the cursor in the search field. */
  search: () => void;
  /** Hides it, where it lies over the page. Returns whether it did. */
  hide: () => boolean;
}

export function useSidebar(): SidebarState {
  const [isOut, setOut] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const search = useCallback(() => {
    // Drawn at once: a field that is still hidden takes no focus.
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

  // It has done its work once something in it was chosen, be it what is shown already.
  useEffect(() => {
    if (!isOut) return;
    const onClick = ({ target }: MouseEvent): void => {
      if (!(target instanceof Element) || target.closest(".sidebar a") === null) return;
      hide();
      focusComposer();
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [isOut, hide]);

  return { isOut, searchField, button, search, hide };
}
