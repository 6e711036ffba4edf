import { createStore, type StoreApi } from "zustand/vanilla";
import type { Notice } from "../../electron/contract/notices.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface NoticesState {
  /** Notices from main, oldest first. */
  notices: Notice[];
  dismiss: (noticeId: string) => Promise<void>;
}
export type NoticesStore = StoreApi<NoticesState>;

export function createNoticesStore(door: Door): NoticesStore {
  const store = createStore<NoticesState>()((set, get) => ({
    notices: [],
    dismiss: async (noticeId) => {
      set({ notices: get().notices.filter(({ id }) => id !== noticeId) });
      // Main sends a notice that could not be dismissed again.
      await door.call("notices.dismiss", { noticeId }).catch(() => undefined);
    },
  }));

  // A failure to read the notices does not deserve a notice of its own.
  snapshotThenEvents({
    snapshot: () => door.call("notices.list", {}),
    events: (tell) => onNamed(door, "notices.changed", tell),
    apply: (notices) => store.setState({ notices }),
  });
  return store;
}
