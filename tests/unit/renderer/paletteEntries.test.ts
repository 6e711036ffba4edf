// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { actionIds } from "../../../electron/contract/actions.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { foundEntries, paletteEntries } from "../../../renderer/features/commands/paletteEntries.ts";
import { settingIds } from "../../../renderer/features/settings/settingEntries.ts";
import { hashOfSetting, settingCommands } from "../../../renderer/features/settings/settingCommands.ts";
import { hasAllWords } from "../../../renderer/parts/hasAllWords.ts";
import { nano } from "./fakeBridge.ts";

type Language = "en" | "fr" | "zh-CN";

function groupsIn(language: Language) {
  const texts = openTexts(language);
  const options = { texts, isMac: false, recent: [], models: [nano], canRun: () => true };
  const nothing = () => undefined;
  const settings = settingCommands(texts);
  return paletteEntries({ ...options, run: nothing, use: nothing, settings, showSetting: nothing });
}
const entries = (language: Language, typed: string) =>
  foundEntries(groupsIn(language), typed).flatMap(({ items }) => items);
const foundIds = (language: Language, typed: string) => entries(language, typed).map(({ id }) => id);
const found = (language: Language, typed: string) => entries(language, typed).map(({ label }) => label);

test("an action is found by its name in English too, and shown in the chosen language", () => {
  expect(found("fr", "dark theme")).toEqual(found("fr", "theme sombre"));
  expect(found("fr", "dark theme")[0]).toMatch(/^Thème\s: sombre$/);
  expect(found("zh-CN", "dark theme")[0]).toMatch(/深色/);
  expect(found("zh-CN", "use nano")).toHaveLength(1);
  expect(foundIds("en", "thème sombre")).toEqual([]);
});

test.each(["en", "fr", "zh-CN"] as const)(
  "all actions and settings are found by their names and by other words for them: %s",
  (language) => {
    const texts = openTexts(language);
    const words = new Map(entries(language, "").map(({ id, names, also }) => [id, `${names}\n${also}`]));
    const expectFound = (id: string, ...typed: string[]): void => {
      for (const each of typed) expect(hasAllWords(words.get(id) ?? "", each), `${each}: ${id}`).toBe(true);
    };
    for (const id of actionIds.filter((each) => each !== "commandPalette")) {
      expectFound(id, texts.say(`commands:names.${id}`), ...texts.say(`commands:also.${id}`).split(" "));
    }
    for (const id of settingIds) {
      expectFound(`setting:${id}`, texts.say(`settings:names.${id}`), ...texts.say(`settings:also.${id}`).split(" "));
    }
  },
);

test.each([
  ["fr", "langue", "setting:language"],
  ["fr", "language", "setting:language"],
  ["en", "langue", "setting:language"],
  ["zh-CN", "语言", "setting:language"],
  ["en", "preferences", "showSettings"],
  ["en", "temperature", "chatSettings"],
  ["fr", "favori", "pinChat"],
  ["en", "cuda", "showMachine"],
  ["zh-CN", "速度", "showBenchmark"],
  ["fr", "sauvegarde", "setting:backups"],
] as const)("in %s, “%s” finds %s", (language, typed, id) => {
  expect(foundIds(language, typed)).toContain(id);
});

test("what has the words in its name comes first", () => {
  expect(foundIds("en", "language")).toEqual(["setting:language", "showSettings"]);
  expect(foundIds("fr", "theme sombre")[0]).toBe("useDarkTheme");
  expect(foundIds("en", "delete")[0]).toBe("deleteChat");
});

test("a setting in the palette leads to its field", () => {
  expect(hashOfSetting("setting:textSize")).toBe("#/settings/appearance/textSize");
  expect(hashOfSetting("setting:gone")).toBe("#/settings");
});
