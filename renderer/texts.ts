import { useSyncExternalStore } from "react";
import type { TFunction } from "i18next";
import type { Facts, Problem } from "../electron/contract/errors.ts";
import { type FailureText, failureText } from "../electron/texts/failureText.ts";
import type { Figures } from "../electron/texts/figures.ts";
import type { Language } from "../electron/contract/languages.ts";
import type { English } from "../electron/texts/english.d.ts";
import { chooseLanguage } from "../electron/texts/languages.ts";
import { reasonText } from "../electron/texts/reasonText.ts";
import { loadTexts } from "../electron/texts/loadTexts.ts";
import type { Texts } from "../electron/texts/texts.ts";

const rememberedIn = "language";

/** The page's texts. The first frame does not wait for the settings; it uses the language of the last session. */
export const texts = await loadTexts(
  chooseLanguage([localStorage.getItem(rememberedIn) ?? "", ...navigator.languages]),
);
const tellPage = (): void => {
  document.documentElement.lang = texts.language;
  localStorage.setItem(rememberedIn, texts.language);
};
tellPage();
texts.i18n.on("languageChanged", tellPage);

const subscribe = (heard: () => void): (() => void) => {
  texts.i18n.on("languageChanged", heard);
  return () => texts.i18n.off("languageChanged", heard);
};
/** Components that use the language render again when it changes. */
const useLanguage = (): Language => useSyncExternalStore(subscribe, () => texts.language);

type Capabilities = keyof English;

/** By language and capability. A chat has thousands of buttons with the same words. */
const sayers = new Map<string, unknown>();
texts.i18n.on("languageChanged", () => sayers.clear());

/** Returns the function that builds sentences: `key` from this capability's catalogue, `other:key` from another's. */
export function useSay<Capability extends Capabilities>(capability: Capability): TFunction<[Capability, Capabilities]> {
  const language = useLanguage();
  const name = `${language} ${capability}`;
  const known = sayers.get(name) ?? remembering(texts.i18n.getFixedT(language, [capability] as never));
  sayers.set(name, known);
  return known as TFunction<[Capability, Capabilities]>;
}

/** Returns a function that says the same, and builds a sentence without facts only once. */
function remembering(say: (key: string, facts?: object) => string): typeof say {
  const said = new Map<string, string>();
  return (key, facts) => {
    if (facts !== undefined) return say(key, facts);
    const sentence = said.get(key) ?? say(key);
    said.set(key, sentence);
    return sentence;
  };
}

/** Returns the formatter of numbers, sizes, speeds and dates in the chosen language. */
export function useFigures(): Figures {
  useLanguage();
  return texts.figures;
}

/** Returns the function that builds the sentence of a reason from the key of its code and its facts. */
export function useReasonText(): (key: string, facts?: Facts) => string {
  useLanguage();
  return (key, facts) => reasonText(texts, key, facts);
}

/** Returns the texts, for functions whose sentences the window and the terminal share. */
export function useTexts(): Texts {
  useLanguage();
  return texts;
}

/** Returns the text of a failure in the chosen language. */
export function useFailureText(problem: Problem): FailureText {
  useLanguage();
  return failureText(texts, problem);
}
