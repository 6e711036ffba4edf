import { type RefObject, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { focusComposer } from "../features/chats/focusComposer.ts";
import { rememberSidebar, rememberedSidebar } from "./rememberedSidebar.ts";

/** In narrower windows, only the rail stays beside the page, and the chats cover it while they are open. */
const narrow = "(width < 900px)";
/** Also where a page is shown beside the chat in these. */
const narrowWithPreview = "(width < 1200px)";

export interface SidebarState {
  /** Full: beside the page. Rail: icons only. Over: all of it, covering the page. */
  form: "full" | "rail" | "over";
  /** In pixels, of the full form. */
  width: number;
  searchField: RefObject<HTMLInputElement | null>;
  /** "Show chats", in the rail. */
  showButton: RefObject<HTMLButtonElement | null>;
  /** Shows it if it is a rail, and focuses the search field. */
  search: () => void;
  /** Shows it if it is a rail: for good in a wide window, over the page in a narrow one. */
  show: () => void;
  /** Shows it, or reduces it to the rail. */
  toggle: () => void;
  /** Hides it if it covers the page. Returns whether it did. */
  hide: () => boolean;
  /** `isFinal`: the width is remembered. */
  resize: (width: number, isFinal: boolean) => void;
}

const onWidth = (heard: () => void): (() => void) => {
  const all = [matchMedia(narrow), matchMedia(narrowWithPreview)];
  for (const media of all) media.addEventListener("change", heard);
  return () => {
    for (const media of all) media.removeEventListener("change", heard);
  };
};

/** `hasPreview`: a page is shown beside the chat. */
export function useSidebar(hasPreview = false): SidebarState {
  const isNarrow = useSyncExternalStore(
    onWidth,
    () => matchMedia(narrow).matches || (hasPreview && matchMedia(narrowWithPreview).matches),
  );
  const [kept, setKept] = useState(rememberedSidebar);
  const [isOver, setOver] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const showButton = useRef<HTMLButtonElement>(null);
  const isRail = isNarrow || kept.isFolded;

  const keep = useCallback((change: Partial<typeof kept>, isFinal = true) => {
    setKept((before) => {
      const next = { ...before, ...change };
      if (isFinal) rememberSidebar(next);
      return next;
    });
  }, []);
  const focusSearch = useCallback(() => {
    searchField.current?.focus();
    searchField.current?.select();
  }, []);
  // Rendered synchronously, because what is hidden cannot receive the focus.
  const search = useCallback(() => {
    if (isRail) flushSync(() => setOver(true));
    focusSearch();
  }, [isRail, focusSearch]);
  const show = useCallback(() => {
    if (isNarrow) flushSync(() => setOver(true));
    else flushSync(() => keep({ isFolded: false }));
    focusSearch();
  }, [isNarrow, keep, focusSearch]);
  const hide = useCallback(() => {
    if (!isOver) return false;
    flushSync(() => setOver(false));
    showButton.current?.focus();
    return true;
  }, [isOver]);
  const toggle = useCallback(() => {
    if (hide()) return;
    if (isRail) {
      show();
      return;
    }
    const hadFocus = document.activeElement?.closest(".sidebar") !== null;
    flushSync(() => keep({ isFolded: true }));
    if (hadFocus) showButton.current?.focus();
  }, [hide, isRail, show, keep]);
  const resize = useCallback((width: number, isFinal: boolean) => keep({ width: Math.round(width) }, isFinal), [keep]);

  useEffect(() => onWidth(() => setOver(false)), []);

  // It closes once the user has chosen something, even the current screen.
  useEffect(() => {
    if (!isOver) return;
    const onClick = ({ target, defaultPrevented }: MouseEvent): void => {
      // Selecting several chats opens none.
      if (defaultPrevented) return;
      if (!(target instanceof Element) || target.closest(".sidebar a, .sidebar [role=option]") === null) return;
      hide();
      focusComposer();
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [isOver, hide]);

  const form = isOver ? "over" : isRail ? "rail" : "full";
  return { form, width: kept.width, searchField, showButton, search, show, toggle, hide, resize };
}
