import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  ApiContents,
  ApiServerAnswer,
  ApiServerInfo,
  ApiServerSettings,
} from "../../electron/contract/apiServer.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";

export interface ApiServerStoreState {
  /** Null until main has responded. */
  info: ApiServerInfo | null;
  /** Number of requests that are being answered. */
  running: number;
  /** The key that was made last, until it is forgotten. It is nowhere else. */
  newKey: string | null;
  /** Whether it is being started or stopped, or its key renewed. */
  isBusy: boolean;
  problem: Problem | null;
  /** Reads it again: this computer may have other addresses by now. */
  read: () => Promise<void>;
  /** Keeps the requests current from now on, until the function that it returns is called. */
  watch: () => () => void;
  /** Resolves once it listens, or does not. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  renewKey: () => Promise<void>;
  forgetKey: () => void;
  /** Resolves with the settings as they are then, or with null if it failed. */
  change: (change: Partial<ApiServerSettings>) => Promise<ApiServerSettings | null>;
  stopRequest: (id: string) => Promise<void>;
  /** Resolves with null if they are not kept. */
  contents: (id: string) => Promise<ApiContents | null>;
}
export type ApiServerStore = StoreApi<ApiServerStoreState>;

/** Reading all requests takes the page some time. */
const readEveryMs = 500;

const runningIn = ({ requests }: ApiServerInfo): number =>
  requests.filter(({ outcome }) => outcome === "running").length;

/** Creates the store of this app as a server. It exists while the chats are locked, too. */
export function createApiServerStore(door: Door): ApiServerStore {
  /** Counts what main has told, so that an older answer does not replace it. */
  let told = 0;
  let watchers = 0;
  let reading: ReturnType<typeof setTimeout> | null = null;
  const store = createStore<ApiServerStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    /** Does one thing at a time. */
    const act = async (work: () => Promise<ApiServerAnswer>): Promise<void> => {
      if (get().isBusy) return;
      set({ isBusy: true });
      const answer = await attempt(work);
      set({
        isBusy: false,
        ...(answer !== null && { info: answer.info }),
        ...(answer !== null && answer.newKey !== null && { newKey: answer.newKey }),
      });
    };
    return {
      info: null,
      running: 0,
      newKey: null,
      isBusy: false,
      problem: null,
      watch: () => {
        watchers++;
        void get().read();
        return () => watchers--;
      },
      read: async () => {
        const before = told;
        try {
          const info = await door.call("apiServer.info", {});
          if (told === before) set({ info, running: runningIn(info) });
        } catch (error) {
          set({ problem: door.problem(error) });
        }
      },
      start: () => act(() => door.call("apiServer.start", {})),
      stop: () => act(async () => ({ info: await door.call("apiServer.stop", {}), newKey: null })),
      renewKey: () => act(() => door.call("apiServer.renewKey", {})),
      forgetKey: () => set({ newKey: null }),
      change: async (change) => {
        const info = await attempt(() => door.call("apiServer.change", change));
        if (info !== null) set({ info });
        return info?.settings ?? null;
      },
      stopRequest: async (id) => void (await attempt(() => door.call("apiServer.stopRequest", { id }))),
      contents: (id) => attempt(() => door.call("apiServer.contents", { id })),
    };
  });
  onNamed(door, "apiServer.changed", (info) => {
    told += 1;
    store.setState({ info, running: runningIn(info) });
  });
  onNamed(door, "apiServer.worked", ({ running }) => {
    store.setState({ running });
    if (watchers === 0) return;
    reading ??= setTimeout(() => {
      reading = null;
      void store.getState().read();
    }, readEveryMs);
  });
  void store.getState().read();
  return store;
}
