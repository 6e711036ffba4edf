import { useEffect } from "react";
import { useSettings } from "../stores/useStores.ts";

const rememberedIn = "appearance";

/** Sets what the stylesheets choose by: theme, text size, reading width and density. */
function apply(appearance: Readonly<Record<string, string>>): void {
  Object.assign(document.documentElement.dataset, appearance);
}

/** Applies the appearance of the last session, so that the first frame need not wait for the settings. */
export function applyRememberedAppearance(): void {
  try {
    const { theme, textSize, readingWidth, density } = JSON.parse(localStorage.getItem(rememberedIn) ?? "{}") as Record<
      string,
      unknown
    >;
    apply({
      theme: String(theme),
      textSize: String(textSize),
      readingWidth: String(readingWidth),
      density: String(density),
    });
  } catch {
    // What is not known is not set, and the system decides.
  }
}

/** Applies the appearance chosen in the settings. One set of variables serves all. */
export function useAppearance(): void {
  const settings = useSettings((state) => state.settings);
  const { theme, textSize, readingWidth, density } = settings ?? {};
  useEffect(() => {
    if (theme === undefined || textSize === undefined || readingWidth === undefined || density === undefined) return;
    const appearance = { theme, textSize, readingWidth, density };
    apply(appearance);
    localStorage.setItem(rememberedIn, JSON.stringify(appearance));
  }, [theme, textSize, readingWidth, density]);
}
