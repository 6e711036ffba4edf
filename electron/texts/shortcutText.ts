import type { Texts } from "./texts.ts";

const macSigns: Record<string, string> = {
  CmdOrCtrl: "⌘",
  Cmd: "⌘",
  Shift: "⇧",
  Alt: "⌥",
  Delete: "⌦",
  Esc: "esc",
  Enter: "↩",
};
const arrows: Record<string, string> = { Left: "←", Right: "→", Up: "↑", Down: "↓", Plus: "+", "-": "−" };
/** The order in which macOS writes modifier keys. */
const macOrder = ["Alt", "Shift", "CmdOrCtrl", "Cmd"];

/** Returns a shortcut in Electron's notation as this system writes it: "Ctrl Shift P", or "⇧⌘P" on macOS. */
export function shortcutText({ say }: Pick<Texts, "say">, keys: string, isMac: boolean): string {
  const parts = keys.split("+");
  if (isMac) {
    return parts
      .toSorted((one, other) => macRank(one) - macRank(other))
      .map((part) => macSigns[part] ?? arrows[part] ?? part)
      .join("");
  }
  const words: Record<string, string> = {
    CmdOrCtrl: say("commands:keys.ctrl"),
    Shift: say("commands:keys.shift"),
    Alt: say("commands:keys.alt"),
    Esc: say("commands:keys.escape"),
    Delete: say("commands:keys.delete"),
    Enter: say("commands:keys.enter"),
  };
  return parts.map((part) => words[part] ?? arrows[part] ?? part).join(" ");
}

function macRank(part: string): number {
  const rank = macOrder.indexOf(part);
  return rank === -1 ? macOrder.length : rank;
}
