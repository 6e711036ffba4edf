import { type ActionId, keysOf } from "../../electron/contract/actions.ts";
import { shortcutText } from "../../electron/texts/shortcutText.ts";
import { isMac } from "../app/shortcutKeys.ts";
import { useTexts } from "../texts.ts";

/** Returns the function that writes an action's first keys as the system does: `Ctrl Shift P`, `⇧⌘P`. */
export function useKeyTexts(): (id: ActionId | undefined) => string {
  const texts = useTexts();
  return (id) => {
    const [keys] = id === undefined ? [] : keysOf(id, isMac());
    return keys === undefined ? "" : shortcutText(texts, keys, isMac());
  };
}

/** Returns how the keys of the action are written; an empty text for none. */
export const useKeyText = (id: ActionId | undefined): string => useKeyTexts()(id);

/** Returns how keys in Electron's notation are written that belong to no action. */
export const useKeysText = (keys: string): string => shortcutText(useTexts(), keys, isMac());
