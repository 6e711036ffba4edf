import { createInstance, type i18n } from "i18next";
import { type Language, languages } from "../contract/languages.ts";
import { catalogues } from "./catalogues.ts";
import type { English } from "./english.d.ts";
import { createFigures, type Figures } from "./figures.ts";
import { withFrenchSpaces } from "./withFrenchSpaces.ts";

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
  choose(language: Language): void;
}

let french: typeof catalogues.fr | undefined;
const resources = {
  ...catalogues,
  // Only when it is shown, because a start must not wait for that.
  get fr() {
    return (french ??= withFrenchSpaces(catalogues.fr));
  },
};

function open(language: Language): i18n {
  const opened = createInstance();
  // The catalogues are loaded already, so this completes before it returns.
  void opened.init({
    resources,
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

export function openTexts(language: Language): Texts {
  const i18n = open(language);
  // Figures are made while a text is being filled. In the same instance that would restart the filling, and it would
  // read the facts already inserted, such as a model's name, as placeholders.
  const forFigures = open(language);
  const byLanguage = new Map<string, Figures>();
  const figuresOf = (name: string): Figures => {
    const figures = byLanguage.get(name) ?? createFigures(name, forFigures.getFixedT(name, "figures"));
    byLanguage.set(name, figures);
    return figures;
  };
  for (const format of formats) {
    i18n.services.formatter?.add(format, (value: number, name) => figuresOf(name ?? i18n.language)[format](value));
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
    choose(name) {
      // Those who listen would do everything again.
      if (name !== i18n.language) void i18n.changeLanguage(name);
    },
  };
}
