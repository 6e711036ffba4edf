import { useEffect } from "react";
import { useSettings, useShell } from "../stores/useStores.ts";
import { texts } from "../texts.ts";

/** Applies the language chosen in the settings, or else the system's. */
export function useLanguage(): void {
  const chosen = useSettings(({ settings }) => settings?.language);
  const bySystem = useShell(({ info }) => info?.systemLanguage);
  const language = chosen === "system" ? bySystem : chosen;
  useEffect(() => {
    if (language !== undefined) void texts.choose(language);
  }, [language]);
}
