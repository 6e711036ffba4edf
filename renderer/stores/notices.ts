import { createStore, type StoreApi } from "zustand/vanilla";
import type { Notice } from "../../electron/contract/notices.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface NoticesState {
  /** What main wants a person to know, oldest first. */
  notices: Notice[];
  dismiss: (noticeId: string) => Promise<void>;
}
export type NoticesStore = StoreApi<NoticesState>;

export function createNoticesStore(door: Door): NoticesStore {
  const store = createStore<NoticesState>()((set, get) => ({
    notices: [],
    dismiss: async (noticeId) => {
      set({ notices: get().notices.filter(({ id }) => id !== noticeId) });
      // Main tells again what it could not drop.
      await door.call("notices.dismiss", { noticeId }).catch(() => undefined);
    },
  }));

  // A notice that cannot be read is no reason for another.
  snapshotThenEvents({
    snapshot: () => door.call("notices.list", {}),
    events: (tell) => onNamed(door, "notices.changed", tell),
    apply: (notices) => store.setState({ notices }),
  });
  return store;
}
