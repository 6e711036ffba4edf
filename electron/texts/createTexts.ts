import { createInstance, type i18n, type Resource } from "i18next";
import { type Language, languages } from "../contract/languages.ts";
import type { english } from "./catalogues/english.ts";
import type { English } from "./english.d.ts";
import { createFigures, type Figures } from "./figures.ts";

/** The formats that a text may name: `{{size, bytes}}`. */
const formats = ["bytes", "rate", "speed", "faster", "tokens", "seconds", "roughly", "percent", "dayAndTime"] as const;

// With the texts themselves as types, the compiler checks each key and the presence and types of its facts.
declare module "i18next" {
  interface CustomTypeOptions {
    resources: English;
    defaultNS: "shell";
    strictKeyChecks: true;
    strictInterpolationChecks: true;
    interpolationFormatTypeMap: Record<(typeof formats)[number], number>;
  }
}

/** The texts of one process, in the current language. */
export interface Texts {
  /** For code that listens for changes of the language. */
  readonly i18n: i18n;
  readonly language: Language;
  /** Formats numbers, sizes, speeds and dates in the current language. */
  readonly figures: Figures;
  /** Returns the sentence of a key and its facts: `say("settings:contextHint", { most: 16_384 })`. */
  readonly say: i18n["t"];
  /** Resolves once everything is in this language, which is at once unless its texts must be loaded first. */
  choose(language: Language): Promise<void>;
}

/** The texts of one language, by capability. */
export type Catalogue = Record<keyof typeof english, object>;

/** Reads the texts of a language that are not there yet. */
export type LoadCatalogue = (language: Language) => Promise<Catalogue>;

function open(language: Language, resources: Partial<Record<Language, Catalogue>>): i18n {
  const opened = createInstance();
  // The catalogues are loaded already, so this completes before it returns.
  void opened.init({
    resources: resources as Resource,
    lng: language,
    supportedLngs: [...languages],
    fallbackLng: "en",
    defaultNS: "shell",
    initAsync: false,
    returnNull: false,
    // Escaping is left to React, or to a surface that takes plain text.
    interpolation: { escapeValue: false },
  });
  return opened;
}

/** Returns the texts in a language. English must be among the resources; the others are loaded when they are chosen. */
export function createTexts(
  language: Language,
  resources: Partial<Record<Language, Catalogue>>,
  load: LoadCatalogue,
): Texts {
  const i18n = open(language, resources);
  // Figures are made while a text is being filled. In the same instance that would restart the filling, and it would
  // read the facts already inserted, such as a model's name, as placeholders.
  const forFigures = open(language, resources);
  const byLanguage = new Map<string, Figures>();
  const figuresOf = (name: string): Figures => {
    const figures = byLanguage.get(name) ?? createFigures(name, forFigures.getFixedT(name, "figures"));
    byLanguage.set(name, figures);
    return figures;
  };
  for (const format of formats) {
    i18n.services.formatter?.add(format, (value: number, name) => figuresOf(name ?? i18n.language)[format](value));
  }
  let chosen = language;
  async function loadAndChoose(name: Language): Promise<void> {
    const catalogue = await load(name);
    for (const [capability, part] of Object.entries(catalogue)) {
      for (const each of [i18n, forFigures]) each.addResourceBundle(name, capability, part);
    }
    // Another one may have been chosen meanwhile.
    if (chosen === name) await i18n.changeLanguage(name);
  }
  return {
    i18n,
    get language() {
      return i18n.language as Language;
    },
    get figures() {
      return figuresOf(i18n.language);
    },
    get say() {
      return i18n.t;
    },
    async choose(name) {
      chosen = name;
      // Those who listen would do everything again.
      if (name === i18n.language) return;
      if (i18n.hasResourceBundle(name, "shell")) await i18n.changeLanguage(name);
      else await loadAndChoose(name);
    },
  };
}
