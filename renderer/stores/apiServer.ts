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
  /** The key that was made last, until it is forgotten. It is nowhere else. */
  newKey: string | null;
  /** Whether it is being started or stopped, or its key renewed. */
  isBusy: boolean;
  problem: Problem | null;
  /** Reads it again: this computer may have other addresses by now. */
  read: () => Promise<void>;
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

/** Creates the store of this app as a server. It exists while the chats are locked, too. */
export function createApiServerStore(door: Door): ApiServerStore {
  /** Counts what main has told, so that an older answer does not replace it. */
  let told = 0;
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
      newKey: null,
      isBusy: false,
      problem: null,
      read: async () => {
        const before = told;
        try {
          const info = await door.call("apiServer.info", {});
          if (told === before) set({ info });
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
    store.setState({ info });
  });
  void store.getState().read();
  return store;
}
