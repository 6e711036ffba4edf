import { type Language, languages } from "../contract/languages.ts";

/** Each language's own name. */
export const languageNames: Record<Language, string> = { en: "English", fr: "Français", "zh-CN": "简体中文" };

/**
 * Returns the first supported language of a list, or English. Accepts BCP 47 tags ("fr-CA") and POSIX locales
 * ("fr_CA.UTF-8"), in order of preference. Every variety of Chinese selects Simplified Chinese.
 */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.split(/[-_.@]/, 1)[0]?.toLowerCase();
    const spoken = languages.find((language) => language.split("-", 1)[0] === primary);
    if (spoken !== undefined) return spoken;
  }
  return "en";
}
