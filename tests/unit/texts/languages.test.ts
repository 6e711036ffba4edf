import { expect, test } from "vitest";
import { chooseLanguage } from "../../../electron/texts/languages.ts";
import { loadTexts } from "../../../electron/texts/loadTexts.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

test.each([
  [["fr-CA", "en"], "fr"],
  [["fr_FR.UTF-8"], "fr"],
  [["fr@euro"], "fr"],
  [["zh"], "zh-CN"],
  [["zh-Hant-TW"], "zh-CN"],
  [["zh_CN.gb18030"], "zh-CN"],
  [["de-AT", "FR"], "fr"],
  [["C.UTF-8"], "en"],
  [["POSIX"], "en"],
  [["frisian"], "en"],
  [[""], "en"],
  [[], "en"],
])("for %j, the app uses %s", (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});

test("a change of the language takes effect at once, and listeners are notified", () => {
  const texts = openTexts("en");
  const heard: string[] = [];
  texts.i18n.on("languageChanged", (language: string) => heard.push(language));
  expect(texts.say("screens.models")).toBe("Models");
  void texts.choose("fr");
  expect([texts.language, texts.say("screens.models"), texts.figures.bytes(1.12e9)]).toEqual([
    "fr",
    "Modèles",
    "1,12\u00a0Go",
  ]);
  expect(heard).toEqual(["fr"]);
  const other = openTexts("zh-CN");
  expect([other.language, texts.language]).toEqual(["zh-CN", "fr"]);
});

test("a window reads a language when it is chosen, and shows the one that was chosen last", async () => {
  const texts = await loadTexts("en");
  expect(["fr", "zh-CN"].filter((name) => texts.i18n.hasResourceBundle(name, "shell"))).toEqual([]);
  const heard: string[] = [];
  texts.i18n.on("languageChanged", (language: string) => heard.push(language));
  await Promise.all([texts.choose("fr"), texts.choose("zh-CN")]);
  expect([texts.language, texts.say("screens.models")]).toEqual(["zh-CN", openTexts("zh-CN").say("screens.models")]);
  expect(heard).toEqual(["zh-CN"]);
  void texts.choose("fr");
  expect([texts.say("screens.models"), texts.figures.bytes(1.12e9)]).toEqual(["Modèles", "1,12\u00a0Go"]);
  expect((await loadTexts("fr")).say("screens.models")).toBe("Modèles");
});
