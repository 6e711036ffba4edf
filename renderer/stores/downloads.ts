import { createStore, type StoreApi } from "zustand/vanilla";
import type { Download, HubFile } from "../../electron/contract/downloads.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { onOnline } from "./onOnline.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface DownloadsState {
  /** In the order in which they will run; finished and failed downloads come last. */
  list: Download[];
  /** Why the last request failed. */
  problem: Problem | null;
  /** `acceptUnverified`: the user accepted a file whose hash the hub does not provide. */
  start: (file: HubFile, acceptUnverified?: boolean) => Promise<unknown>;
  pause: (downloadId: string) => Promise<unknown>;
  resume: (downloadId: string) => Promise<unknown>;
  cancel: (downloadId: string) => Promise<unknown>;
  /** Position 1 starts next. */
  move: (downloadId: string, position: number) => Promise<unknown>;
  dismissProblem: () => void;
}
export type DownloadsStore = StoreApi<DownloadsState>;

export function createDownloadsStore(door: Door): DownloadsStore {
  const store = createStore<DownloadsState>()((set) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      list: [],
      problem: null,
      start: (file, acceptUnverified = false) =>
        attempt(async () => {
          const started = await door.call("downloads.start", { file, acceptUnverified });
          // The event may have added it already.
          set(({ list }) => ({ list: list.some(({ id }) => id === started.id) ? list : [...list, started] }));
        }),
      pause: (downloadId) => attempt(() => door.call("downloads.pause", { downloadId })),
      resume: (downloadId) => attempt(() => door.call("downloads.resume", { downloadId })),
      cancel: (downloadId) => attempt(() => door.call("downloads.cancel", { downloadId })),
      move: (downloadId, position) => attempt(() => door.call("downloads.move", { downloadId, position })),
      dismissProblem: () => set({ problem: null }),
    };
  });

  onOnline(door, () => {
    if (store.getState().problem?.code === "offline") store.setState({ problem: null });
  });
  snapshotThenEvents({
    snapshot: () => door.call("downloads.list", {}),
    events: (tell) => onNamed(door, "downloads.changed", tell),
    apply: (list) => store.setState({ list }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
