// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { actionIds, keysOf } from "../../../electron/contract/actions.ts";
import { shortcutText } from "../../../electron/texts/shortcutText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { canRun, offerAction, runAction } from "../../../renderer/app/actions.ts";
import { isShortcut, shortcutOf } from "../../../renderer/app/shortcutKeys.ts";

const press = (key: string, code: string, modifiers: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, code, ...modifiers });
const ctrl = { ctrlKey: true };

test("an action is done by the part of the window that offered it last and can do it", () => {
  expect(canRun("find")).toBe(false);
  expect(runAction("find")).toBe(false);
  const first = vi.fn();
  const second = vi.fn();
  let enabled = true;
  const withdrawFirst = offerAction("find", { run: first });
  const withdrawSecond = offerAction("find", { run: second, isEnabled: () => enabled });
  expect(runAction("find")).toBe(true);
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  enabled = false;
  expect(runAction("find")).toBe(true);
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
  withdrawFirst();
  expect(canRun("find")).toBe(false);
  withdrawSecond();
});

test("keys are recognised on keyboards of other scripts and layouts", () => {
  expect(shortcutOf(press("n", "KeyN", ctrl))).toBe("newChat");
  expect(shortcutOf(press("N", "KeyN", { metaKey: true }))).toBe("newChat");
  expect(shortcutOf(press("N", "KeyN", { ...ctrl, shiftKey: true }))).toBe("openChatWindow");
  expect(shortcutOf(press("т", "KeyN", ctrl))).toBe("newChat");
  // A French keyboard has digits above the signs, and a German one the slash above the seven.
  expect(shortcutOf(press("é", "Digit2", ctrl))).toBe("showModels");
  expect(shortcutOf(press("/", "Digit7", { ...ctrl, shiftKey: true }))).toBe("showShortcuts");
  expect(shortcutOf(press("/", "Digit7", { shiftKey: true }))).toBe("searchChats");
  expect(shortcutOf(press("+", "Equal", { ...ctrl, shiftKey: true }))).toBe("zoomIn");
  expect(shortcutOf(press("=", "Equal", ctrl))).toBe("zoomIn");
  expect(shortcutOf(press("-", "Minus", ctrl))).toBe("zoomOut");
  expect(shortcutOf(press(",", "Comma", ctrl))).toBe("showSettings");
  expect(shortcutOf(press("F3", "F3"))).toBe("findNext");
  expect(shortcutOf(press("F3", "F3", { shiftKey: true }))).toBe("findPrevious");
  expect(shortcutOf(press("ArrowLeft", "ArrowLeft", { altKey: true }))).toBe("previousVersion");
});

test("a key with other modifiers, or that a list handles itself, is no shortcut of the window", () => {
  expect(shortcutOf(press("n", "KeyN"))).toBeNull();
  expect(shortcutOf(press("n", "KeyN", { ...ctrl, altKey: true }))).toBeNull();
  expect(shortcutOf(press("K", "KeyK", { ...ctrl, shiftKey: true }))).toBeNull();
  expect(shortcutOf(press("F2", "F2"))).toBeNull();
  expect(isShortcut(press("F2", "F2"), "renameChat")).toBe(true);
});

test("no two actions have the same keys, on any system", () => {
  for (const isMac of [true, false]) {
    const all = actionIds.flatMap((id) => keysOf(id, isMac));
    expect(all.filter((keys, index) => all.indexOf(keys) !== index)).toEqual([]);
  }
});

test("keys are written as each system and language write them", () => {
  const english = openTexts("en");
  expect(shortcutText(english, "CmdOrCtrl+Shift+P", false)).toBe("Ctrl Shift P");
  expect(shortcutText(english, "CmdOrCtrl+Shift+P", true)).toBe("⇧⌘P");
  expect(shortcutText(english, "Alt+Left", false)).toBe("Alt ←");
  expect(shortcutText(english, "CmdOrCtrl+Plus", true)).toBe("⌘+");
  expect(shortcutText(openTexts("fr"), "Shift+F3", false)).toBe("Maj F3");
  expect(shortcutText(openTexts("fr"), "Delete", false)).toBe("Suppr");
});
