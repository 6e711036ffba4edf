import { type ActionFacts, type ActionId, actionIds, actions, keysOf } from "../../electron/contract/actions.ts";

/** One combination of keys, parsed from Electron's notation. */
interface Keys {
  /** Ctrl, or Cmd on macOS. */
  mod: boolean;
  shift: boolean;
  alt: boolean;
  /** As in `KeyboardEvent.key`, in lower case. */
  key: string;
}

export const isMac = (): boolean => /Mac/.test(navigator.platform);

const named: Record<string, string> = { Esc: "Escape", Plus: "+", Left: "ArrowLeft", Right: "ArrowRight" };

function parse(keys: string): Keys {
  const parts = keys.split("+");
  const last = parts.at(-1) ?? "";
  return {
    mod: /CmdOrCtrl|Cmd/.test(keys),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
    key: (named[last] ?? last).toLowerCase(),
  };
}

/** Returns whether a key that was pressed is one of the action's keys. */
export function isShortcut(event: KeyboardEvent, id: ActionId): boolean {
  return keysOf(id, isMac()).some((keys) => matches(event, parse(keys)));
}

/** Returns the action of a key that was pressed, or null. Keys of a list or field are left to it. */
export function shortcutOf(event: KeyboardEvent): ActionId | null {
  return actionIds.find((id) => (actions[id] as ActionFacts).isLocal !== true && isShortcut(event, id)) ?? null;
}

function matches(event: KeyboardEvent, { mod, shift, alt, key }: Keys): boolean {
  // AltGr, which types a character, is reported as Ctrl and Alt.
  if (mod !== (event.ctrlKey || event.metaKey) || alt !== event.altKey || keyOf(event) !== key) return false;
  // Which signs require Shift depends on the keyboard.
  const isSign = /^[^\p{L}\d]$/u.test(key);
  return isSign || shift === event.shiftKey;
}

/** Returns the key in lower case. On keyboards of other scripts, and for digits, the one on the same physical key. */
function keyOf({ key, code, ctrlKey, metaKey }: KeyboardEvent): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined && (ctrlKey || metaKey) && !/^[-+=,/]$/.test(key)) return digit;
  const isOfAnotherScript = /^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key);
  return (isOfAnotherScript ? code.replace(/^Key/, "") : key).toLowerCase();
}
