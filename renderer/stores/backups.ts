import { createStore, type StoreApi } from "zustand/vanilla";
import type { BackupList } from "../../electron/contract/backups.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import { coalesced } from "./coalesced.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface BackupsState {
  list: Loadable<BackupList>;
  /** What is being done. */
  busy: "making" | "restoring" | null;
  /** What was done last. */
  done: "made" | "restored" | "undone" | "deleted" | null;
  problem: Problem | null;
  read: () => Promise<void>;
  make: () => Promise<void>;
  /** Restores a backup. `isUndo` if it is of what there was before the last restore. */
  restore: (backupId: string, isUndo: boolean) => Promise<void>;
  deleteAll: () => Promise<void>;
}
export type BackupsStore = StoreApi<BackupsState>;

/** Creates the store of the backups. It is read when it is first shown, and whenever one was made. */
export function createBackupsStore(door: Door): BackupsStore {
  const store = createStore<BackupsState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const act = async (
      busy: BackupsState["busy"],
      work: () => Promise<BackupList>,
      done: BackupsState["done"],
    ): Promise<void> => {
      if (get().busy !== null) return;
      set({ busy, done: null });
      const value = await attempt(work);
      set({ busy: null, ...(value !== null && { done, list: { state: "ready", value } }) });
    };
    return {
      list: { state: "loading" },
      busy: null,
      done: null,
      problem: null,
      read: coalesced(async () => {
        try {
          set({ list: { state: "ready", value: await door.call("backups.list", {}) } });
        } catch (error) {
          set({ list: { state: "failed", problem: door.problem(error) } });
        }
      }),
      make: () => act("making", () => door.call("backups.make", {}), "made"),
      restore: (backupId, isUndo) =>
        act("restoring", () => door.call("backups.restore", { backupId }), isUndo ? "undone" : "restored"),
      deleteAll: async () => {
        set({ done: null });
        const value = await attempt(() => door.call("backups.deleteAll", {}));
        if (value !== null)
          set({ list: { state: "ready", value }, done: value.backups.length === 0 ? "deleted" : null });
      },
    };
  });
  onNamed(door, "backups.changed", () => {
    if (store.getState().list.state !== "loading") void store.getState().read();
  });
  return store;
}
