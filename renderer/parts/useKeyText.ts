import { type ActionId, keysOf } from "../../electron/contract/actions.ts";
import { isMac } from "../app/shortcutKeys.ts";
import { useSay } from "../texts.ts";

const signs: Readonly<Record<string, string>> = { Left: "←", Right: "→", Plus: "+" };
const macSigns: Readonly<Record<string, string>> = { CmdOrCtrl: "⌘", Cmd: "⌘", Shift: "⇧", Alt: "⌥", ...signs };

/** Returns the function that writes an action's first keys as the system does: `Ctrl Shift P`, `⇧⌘P`. */
export function useKeyTexts(): (id: ActionId | undefined) => string {
  const say = useSay("commands");
  return (id) => {
    const [keys] = id === undefined ? [] : keysOf(id, isMac());
    if (keys === undefined) return "";
    const parts = keys.split("+");
    if (isMac()) return parts.map(macSign).toSorted(modifiersFirst).join("");
    const names: Readonly<Record<string, string>> = {
      CmdOrCtrl: say("keys.ctrl"),
      Shift: say("keys.shift"),
      Alt: say("keys.alt"),
      Esc: say("keys.escape"),
      Delete: say("keys.delete"),
    };
    return parts.map((part) => names[part] ?? signs[part] ?? part).join(" ");
  };
}

/** Returns how the keys of the action are written; an empty text for none. */
export const useKeyText = (id: ActionId | undefined): string => useKeyTexts()(id);

const macSign = (part: string): string => macSigns[part] ?? part;
const order = "⌥⇧⌘";
const modifiersFirst = (a: string, b: string): number => rank(a) - rank(b);
const rank = (sign: string): number => (order.includes(sign) ? order.indexOf(sign) : order.length);
