import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { HubAccess, HubListing, HubRepo } from "../../electron/contract/hub.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";
import { onOnline } from "./onOnline.ts";

/** The result of a search on the hub. */
export type HubFound =
  | { kind: "repos"; words: string; repos: Loadable<HubRepo[]> }
  /** A link or an `hf:` name that leads to a repository, or to one file (`path`) in it. */
  | { kind: "repo"; repo: string; revision: string; path: string | null };

/** The files of this many found repositories are read at once. */
const listedAtOnce = 8;

export interface HubState {
  /** Null until main has responded. */
  access: HubAccess | null;
  problem: Problem | null;
  /** Null if nothing was searched for. */
  found: HubFound | null;
  /** By repository, for those that have been opened. */
  listings: Readonly<Record<string, Loadable<HubListing>>>;
  /** Searches for words, a link or an `hf:` name. */
  search: (text: string) => Promise<void>;
  /** Reads a repository's files unless they are known already. */
  openRepo: (repo: string, revision?: string) => Promise<void>;
  /** Forgets what was found. */
  clear: () => void;
  /** Null removes the token. Resolves with true if it succeeded. */
  setToken: (token: string | null) => Promise<boolean>;
}
export type HubStore = StoreApi<HubState>;

export function createHubStore(door: Door): HubStore {
  const store = createStore<HubState>()((set, get) => {
    const setListing = (repo: string, listing: Loadable<HubListing>): void =>
      set(({ listings }) => ({ listings: { ...listings, [repo]: listing } }));
    return {
      access: null,
      problem: null,
      found: null,
      listings: {},
      search: async (text) => {
        const query = await door.call("hub.read", { text });
        if (query.kind !== "words") {
          const { repo, revision } = query.kind === "file" ? query.file : query;
          const path = query.kind === "file" ? query.file.path : null;
          set({ found: { kind: "repo", repo, revision, path } });
          await get().openRepo(repo, revision);
          return;
        }
        const { words } = query;
        const tell = (repos: Loadable<HubRepo[]>): void => set({ found: { kind: "repos", words, repos } });
        // The response to an earlier search must not replace a later one.
        const isCurrent = (): boolean => {
          const { found } = get();
          return found?.kind === "repos" && found.words === words;
        };
        tell({ state: "loading" });
        try {
          const value = await door.call("hub.search", { words });
          if (!isCurrent()) return;
          tell({ state: "ready", value });
          // The user asked about these. The files of the rest are read when the user asks for them.
          for (const { repo, gated } of value.slice(0, listedAtOnce)) {
            if (!isCurrent()) return;
            if (!gated) await get().openRepo(repo);
          }
        } catch (error) {
          if (isCurrent()) tell({ state: "failed", problem: door.problem(error) });
        }
      },
      openRepo: async (repo, revision = "main") => {
        const known = get().listings[repo];
        if (known?.state === "loading" || (known?.state === "ready" && revision === "main")) return;
        setListing(repo, { state: "loading" });
        try {
          setListing(repo, { state: "ready", value: await door.call("hub.listing", { repo, revision }) });
        } catch (error) {
          setListing(repo, { state: "failed", problem: door.problem(error) });
        }
      },
      clear: () => set({ found: null }),
      setToken: async (token) => {
        try {
          set({ access: await door.call("hub.setToken", { token }), problem: null });
          return true;
        } catch (error) {
          set({ problem: door.problem(error) });
          return false;
        }
      },
    };
  });
  const readAccess = async (): Promise<void> => {
    const before = store.getState().access;
    try {
      const access = await door.call("hub.access", {});
      store.setState({ access, problem: null });
      // A different address is a different hub, so the old hub's responses no longer apply.
      if (before !== null && before.endpoint !== access.endpoint) store.setState({ found: null, listings: {} });
    } catch (error) {
      store.setState({ problem: door.problem(error) });
    }
  };
  // The user searches again: the app asks the hub nothing on its own.
  onOnline(door, () =>
    store.setState(({ problem, found, listings }) => ({
      problem: problem?.code === "offline" ? null : problem,
      found: found !== null && wasRefused(found.kind === "repos" ? found.repos : listings[found.repo]) ? null : found,
      listings: Object.fromEntries(Object.entries(listings).filter(([, listing]) => !wasRefused(listing))),
    })),
  );
  onNamed(door, "settings.changed", () => void readAccess());
  void readAccess();
  return store;
}

/** Whether Offline kept it from being read. */
const wasRefused = (loadable: Loadable<unknown> | undefined): boolean =>
  loadable?.state === "failed" && loadable.problem.code === "offline";
