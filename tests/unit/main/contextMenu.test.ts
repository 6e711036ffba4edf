import { expect, test, vi } from "vitest";
import { type Clicked, contextMenu } from "../../../electron/main/contextMenu.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

vi.mock("electron", () => ({ clipboard: {}, Menu: {} }));

const deeds = { copyText: vi.fn(), replaceMisspelling: vi.fn(), addToDictionary: vi.fn() };
const clicked = (more: Partial<Clicked> = {}): Clicked => ({
  dictionarySuggestions: [],
  editFlags: {
    canUndo: false,
    canRedo: false,
    canCut: true,
    canCopy: true,
    canPaste: true,
    canDelete: true,
    canSelectAll: true,
    canEditRichly: false,
  },
  isEditable: false,
  linkURL: "",
  misspelledWord: "",
  selectionText: "",
  ...more,
});
const menu = (more: Partial<Clicked>, language: "en" | "fr" | "zh-CN" = "en") =>
  contextMenu(openTexts(language), clicked(more), deeds);
const labels = (more: Partial<Clicked>, language?: "en" | "fr" | "zh-CN") =>
  menu(more, language).map(({ type, label }) => (type === "separator" ? "—" : label));

test("a field has the editing commands, in the chosen language; what cannot be done is disabled", () => {
  expect(labels({ isEditable: true })).toEqual(["Undo", "Redo", "—", "Cut", "Copy", "Paste", "Select all"]);
  expect(labels({ isEditable: true }, "fr")).toEqual([
    "Annuler",
    "Rétablir",
    "—",
    "Couper",
    "Copier",
    "Coller",
    "Tout sélectionner",
  ]);
  expect(labels({ isEditable: true }, "zh-CN")).toEqual(["撤销", "重做", "—", "剪切", "复制", "粘贴", "全选"]);
  expect(menu({ isEditable: true }).find(({ label }) => label === "Undo")?.enabled).toBe(false);
});

test("selected text can be copied; where nothing can be done there is no menu", () => {
  expect(labels({ selectionText: "some words" })).toEqual(["Copy"]);
  expect(labels({ selectionText: "  \n " })).toEqual([]);
  expect(labels({})).toEqual([]);
});

test("a web or mail link can be copied, a link inside the app cannot", () => {
  const copied = (linkURL: string): unknown => {
    deeds.copyText.mockClear();
    menu({ linkURL })[0]?.click?.({} as never, undefined, {} as never);
    return deeds.copyText.mock.calls[0]?.[0];
  };
  expect(labels({ linkURL: "https://example.com/a?b#c", selectionText: "a" })).toEqual(["Copy link", "—", "Copy"]);
  expect(copied("https://example.com/a?b#c")).toBe("https://example.com/a?b#c");
  expect(copied("mailto:someone@example.com")).toBe("someone@example.com");
  for (const link of ["workbench://app/index.html#/chat/1", "javascript:alert(1)", "file:///etc/passwd", ""]) {
    expect(labels({ linkURL: link }), link).toEqual([]);
  }
});

test("a misspelled word gets the system's suggestions, each as it is written", () => {
  const asked = {
    isEditable: true,
    misspelledWord: "teh",
    dictionarySuggestions: ["the", "tea", "R&D", "4", "5", "6"],
  };
  expect(labels(asked).slice(0, 7)).toEqual(["the", "tea", "R&&D", "4", "5", "Add to dictionary", "—"]);
  menu(asked)[0]?.click?.({} as never, undefined, {} as never);
  expect(deeds.replaceMisspelling).toHaveBeenCalledWith("the");
  menu(asked)[5]?.click?.({} as never, undefined, {} as never);
  expect(deeds.addToDictionary).toHaveBeenCalledWith("teh");
});

test("no command asks the network, whatever was clicked", () => {
  const roles = [{ isEditable: true, selectionText: "x" }, { selectionText: "x" }, { linkURL: "https://example.com" }]
    .flatMap((more) => menu(more))
    .flatMap(({ role }) => role ?? []);
  expect([...new Set(roles)].toSorted()).toEqual(["copy", "cut", "paste", "redo", "selectAll", "undo"]);
});
