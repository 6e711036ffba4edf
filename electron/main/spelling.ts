import type { Session } from "electron";
import { appOrigin } from "./appProtocol.ts";

/** macOS and Windows have spell checkers of their own. On Linux, Chromium would download dictionaries. */
export const usesSystemSpeller = (platform: NodeJS.Platform): boolean => platform === "darwin" || platform === "win32";

type SpellingSession = Pick<
  Session,
  | "availableSpellCheckerLanguages"
  | "setSpellCheckerDictionaryDownloadURL"
  | "setSpellCheckerEnabled"
  | "setSpellCheckerLanguages"
>;

/**
 * Uses the system's spell checker where there is one, and none elsewhere. On Windows, Chromium would download a
 * dictionary for a language that the system cannot check; the address that it gets here has none.
 */
export function chooseSpeller(
  session: SpellingSession,
  platform: NodeJS.Platform,
  systemLanguages: readonly string[],
): void {
  if (platform === "darwin") {
    // macOS chooses the language by itself.
    session.setSpellCheckerEnabled(true);
  } else if (platform === "win32") {
    session.setSpellCheckerDictionaryDownloadURL(`${appOrigin}/no-dictionaries/`);
    session.setSpellCheckerLanguages(checked(systemLanguages, session.availableSpellCheckerLanguages));
    session.setSpellCheckerEnabled(true);
  } else {
    // Even with spell checking off, Chromium fetches dictionaries from a public host as long as a language is set.
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
  }
}

/** Returns the languages that can be checked, as Chromium names them: "en-GB", or "fr" for "fr-CA". */
function checked(wanted: readonly string[], available: readonly string[]): string[] {
  const found = wanted.flatMap((tag) => {
    const exact = available.find((name) => name.toLowerCase() === tag.toLowerCase());
    const general = available.find((name) => name.toLowerCase() === tag.split("-", 1)[0]?.toLowerCase());
    return exact ?? general ?? [];
  });
  return [...new Set(found)];
}
