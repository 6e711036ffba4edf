import type { Language } from "../contract/languages.ts";
import { catalogues } from "./catalogues.ts";
import { createTexts, type Texts } from "./createTexts.ts";
import { withFrenchSpaces } from "./withFrenchSpaces.ts";

export type { Texts } from "./createTexts.ts";

let french: typeof catalogues.fr | undefined;
const resources = {
  ...catalogues,
  // Only when it is shown.
  get fr() {
    return (french ??= withFrenchSpaces(catalogues.fr));
  },
};

/** Returns the texts of all languages, for processes that show only a few of them. See `loadTexts`. */
export const openTexts = (language: Language): Texts =>
  createTexts(language, resources, (name) => Promise.resolve(resources[name]));
