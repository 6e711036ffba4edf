import type { Language } from "../contract/languages.ts";
import { english } from "./catalogues/english.ts";
import { type Catalogue, createTexts, type Texts } from "./createTexts.ts";
import { withFrenchSpaces } from "./withFrenchSpaces.ts";

const loaders: Record<Language, () => Promise<Catalogue>> = {
  en: () => Promise.resolve(english),
  fr: async () => withFrenchSpaces((await import("./catalogues/french.ts")).french),
  "zh-CN": async () => (await import("./catalogues/chinese.ts")).chinese,
};

/**
 * Resolves with the texts in a language. Only its own texts and the English ones are read, because a window's first frame
 * waits for them.
 */
export async function loadTexts(language: Language): Promise<Texts> {
  const resources = { en: english, [language]: await loaders[language]() };
  return createTexts(language, resources, (name) => loaders[name]());
}
