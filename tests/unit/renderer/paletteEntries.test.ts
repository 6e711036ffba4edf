// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { openTexts } from "../../../electron/texts/texts.ts";
import { isWanted, paletteEntries } from "../../../renderer/features/commands/paletteEntries.ts";
import { nano } from "./fakeBridge.ts";

function entriesIn(language: "en" | "fr" | "zh-CN") {
  const options = { texts: openTexts(language), isMac: false, recent: [], models: [nano], canRun: () => true };
  const nothing = () => undefined;
  return paletteEntries({ ...options, run: nothing, use: nothing }).flatMap(({ items }) => items);
}
const found = (language: "en" | "fr" | "zh-CN", typed: string) =>
  entriesIn(language).flatMap((entry) => (isWanted(entry, typed) ? [entry.label] : []));

test("an action is found by its name in English too, and shown in the chosen language", () => {
  expect(found("fr", "dark theme")).toEqual(found("fr", "theme sombre"));
  expect(found("fr", "dark theme")).toHaveLength(1);
  expect(found("fr", "dark theme")[0]).toMatch(/^Thème\s: sombre$/);
  expect(found("zh-CN", "dark theme")).toHaveLength(1);
  expect(found("zh-CN", "dark theme")[0]).toMatch(/深色/);
  expect(found("zh-CN", "use nano")).toHaveLength(1);
  expect(found("en", "thème sombre")).toEqual([]);
});
