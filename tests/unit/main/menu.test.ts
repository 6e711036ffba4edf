import type { MenuItemConstructorOptions } from "electron";
import { expect, test, vi } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { menuTemplate } from "../../../electron/main/menu.ts";

vi.mock("electron", () => ({ app: {}, Menu: {} }));

const onAction = vi.fn();
const template = (platform: NodeJS.Platform, language: (typeof languages)[number] = "en", isDeveloped = false) =>
  menuTemplate({ texts: openTexts(language), platform, onAction, isDeveloped });
const itemsOf = ({ submenu }: MenuItemConstructorOptions) => submenu as MenuItemConstructorOptions[];
const flat = (menu: MenuItemConstructorOptions[]) => menu.flatMap(itemsOf).filter(({ type }) => type !== "separator");
/** Returns a menu as text: each menu's name, then its commands, with their keys. */
const outline = (menu: MenuItemConstructorOptions[]): string[] =>
  menu.map((part) => {
    const items = itemsOf(part).map(({ type, label = "", accelerator }) =>
      type === "separator" ? "—" : accelerator === undefined ? label : `${label} [${accelerator}]`,
    );
    return `${part.label}: ${items.join(", ")}`;
  });

test("the menu of Windows and Linux", () => {
  expect(outline(template("linux"))).toEqual([
    "File: New chat [CmdOrCtrl+N], New temporary chat, Open this chat in a new window [CmdOrCtrl+Shift+N], Lock chats [CmdOrCtrl+Shift+L], —, Open a GGUF file… [CmdOrCtrl+O], —, Export this chat…, Export all chats…, Import chats…, —, Print this chat… [CmdOrCtrl+P], —, Settings… [CmdOrCtrl+,], —, Close window, Quit",
    "Edit: Undo, Redo, —, Cut, Copy, Paste, Delete, Select all, —, Find in this chat [CmdOrCtrl+F], Find next [F3], Find previous [Shift+F3], Search chats [CmdOrCtrl+K]",
    "View: Command palette [CmdOrCtrl+Shift+P], —, Chat [CmdOrCtrl+1], Models [CmdOrCtrl+2], Hardware [CmdOrCtrl+3], Show or hide the sidebar [CmdOrCtrl+B], —, Zoom in [CmdOrCtrl+Plus], Zoom out [CmdOrCtrl+-], Actual size [CmdOrCtrl+0], —, Full screen",
    "Window: Minimize",
    "Help: Keyboard shortcuts [CmdOrCtrl+/], Privacy, What is on the disk, —, Set up the r1 command, Open the logs folder, Copy diagnostics, —, About R1 Workbench",
  ]);
  expect(outline(template("win32"))).toEqual(outline(template("linux")));
});

test("the menu of macOS has the app's own menu, with About, Settings and Quit, and that system's keys", () => {
  const menu = template("darwin");
  expect(outline(menu)).toEqual([
    "R1 Workbench: About R1 Workbench, —, Settings… [CmdOrCtrl+,], —, Services, —, Hide R1 Workbench, Hide others, Show all, —, Quit",
    "File: New chat [CmdOrCtrl+N], New temporary chat, Open this chat in a new window [CmdOrCtrl+Shift+N], Lock chats [CmdOrCtrl+Shift+L], —, Open a GGUF file… [CmdOrCtrl+O], —, Export this chat…, Export all chats…, Import chats…, —, Print this chat… [CmdOrCtrl+P], —, Close window",
    "Edit: Undo, Redo, —, Cut, Copy, Paste, Delete, Select all, —, Find in this chat [CmdOrCtrl+F], Find next [Cmd+G], Find previous [Cmd+Shift+G], Search chats [CmdOrCtrl+K]",
    "View: Command palette [CmdOrCtrl+Shift+P], —, Chat [CmdOrCtrl+1], Models [CmdOrCtrl+2], Hardware [CmdOrCtrl+3], Show or hide the sidebar [CmdOrCtrl+B], —, Zoom in [CmdOrCtrl+Plus], Zoom out [CmdOrCtrl+-], Actual size [CmdOrCtrl+0], —, Full screen",
    "Window: Minimize, Zoom, —, Bring all to front",
    "Help: Keyboard shortcuts [CmdOrCtrl+/], Privacy, What is on the disk, —, Set up the r1 command, Open the logs folder, Copy diagnostics",
  ]);
  const find = flat(menu).find(({ label }) => label === "Find next");
  expect(find?.accelerator).toBe("Cmd+G");
  expect(outline(menu).slice(1).join(" ")).not.toMatch(/About|Settings|Quit/);
  expect(menu.map(({ role }) => role)).toEqual([undefined, undefined, undefined, undefined, "window", "help"]);
});

test("choosing a command names its action; the page handles the keys, except on macOS", () => {
  for (const [platform, registers] of [
    ["linux", false],
    ["darwin", true],
  ] as const) {
    for (const { id, click, accelerator, registerAccelerator } of flat(template(platform))) {
      if (id === undefined) continue;
      onAction.mockClear();
      click?.({} as never, undefined, {} as never);
      expect(onAction.mock.calls).toEqual([[id]]);
      if (accelerator !== undefined) expect(registerAccelerator).toBe(registers);
    }
  }
});

test("every command has a name in every language, and none is English in another", () => {
  const english = flat(template("darwin")).map(({ label }) => label);
  expect(english.every((label) => label !== undefined && label !== "")).toBe(true);
  for (const language of ["fr", "zh-CN"] as const) {
    const names = flat(template("darwin", language)).map(({ label }) => label);
    expect(names).toHaveLength(english.length);
    const same = names.filter((name, index) => name === english[index]);
    expect(same, language).toEqual(language === "fr" ? ["Services"] : []);
  }
});

test("a system's own commands have no key that one of ours has", () => {
  const keys = flat(template("linux", "en", true)).flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  const roles = flat(template("linux", "en", true)).flatMap(({ role }) => role ?? []);
  // Ctrl+R regenerates a reply, and Ctrl+M chooses a model.
  expect(roles).not.toContain("reload");
  expect(roles).not.toContain("minimize");
});
