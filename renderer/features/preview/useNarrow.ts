import { useSyncExternalStore } from "react";

/** In narrower windows, the preview covers the chat. */
const narrow = matchMedia("(width < 900px)");
const onNarrow = (heard: () => void): (() => void) => {
  narrow.addEventListener("change", heard);
  return () => narrow.removeEventListener("change", heard);
};

/** Returns whether the window is too narrow for the chat and the preview side by side. */
export const useNarrow = (): boolean => useSyncExternalStore(onNarrow, () => narrow.matches);
