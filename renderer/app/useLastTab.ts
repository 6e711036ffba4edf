import { useEffect } from "react";

/** By screen, the tab that was shown last in this window. */
const last = new Map<string, string>();

export interface LastTabOptions<Tab extends string> {
  screen: "hardware" | "settings";
  tabs: readonly [Tab, ...Tab[]];
  /** The tab that the address names; empty if it names none. */
  named: string;
  /** The tab on which something is running. */
  busy?: Tab | null;
}

/**
 * Returns the tab that the address names; without one, the tab on which something is running, the one that was shown
 * last, or the first one, which the address names from then on.
 */
export function useLastTab<Tab extends string>({ screen, tabs, named, busy = null }: LastTabOptions<Tab>): Tab {
  const known = (wanted: string | undefined): Tab | undefined => tabs.find((id) => id === wanted);
  const shown = known(named) ?? busy ?? known(last.get(screen)) ?? tabs[0];
  useEffect(() => {
    last.set(screen, shown);
    if (named !== shown) window.location.replace(`#/${screen}/${shown}`);
  }, [screen, named, shown]);
  return shown;
}
