import { createStore, type StoreApi } from "zustand/vanilla";

const rememberedIn = "codeView";

/** How code in answers is shown, in all windows that are opened from now on. */
export interface CodeView {
  /** Whether long lines are broken. */
  wraps: boolean;
  hasNumbers: boolean;
}

export interface CodeViewState extends CodeView {
  change: (change: Partial<CodeView>) => void;
}
export type CodeViewStore = StoreApi<CodeViewState>;

/** Creates the store of how code is shown. It is kept with the page, because the first frame does not wait for settings. */
export function createCodeViewStore(): CodeViewStore {
  return createStore<CodeViewState>()((set, get) => ({
    ...remembered(),
    change: (change) => {
      set(change);
      const { wraps, hasNumbers } = get();
      localStorage.setItem(rememberedIn, JSON.stringify({ wraps, hasNumbers }));
    },
  }));
}

function remembered(): CodeView {
  try {
    const kept = JSON.parse(localStorage.getItem(rememberedIn) ?? "{}") as Record<string, unknown>;
    return { wraps: kept["wraps"] === true, hasNumbers: kept["hasNumbers"] === true };
  } catch {
    return { wraps: false, hasNumbers: false };
  }
}
