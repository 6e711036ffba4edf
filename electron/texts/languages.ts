import { type Language, languages } from "../contract/languages.ts";

/** As each language calls itself. */
export const languageNames: Record<Language, string> = { en: "English", fr: "Français", "zh-CN": "简体中文" };

/**
 * Returns the first of the wanted languages that the app speaks, or English. Takes BCP 47 tags ("fr-CA") and POSIX
 * locales ("fr_CA.UTF-8"), most wanted first. Chinese of any kind is answered in Simplified Chinese.
 */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.split(/[-_.@]/, 1)[0]?.toLowerCase();
    const spoken = languages.find((language) => language.split("-", 1)[0] === primary);
    if (spoken !== undefined) return spoken;
  }
  return "en";
}
