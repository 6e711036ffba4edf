import { createStore, type StoreApi } from "zustand/vanilla";
import type { DiskKind, DiskList, ErasableKind, ErasePlan } from "../../electron/contract/disk.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { Door } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface DiskState {
  list: Loadable<DiskList>;
  /** Why something could not be shown or erased. */
  problem: Problem | null;
  /** What erasing everything would do, once that was asked. */
  plan: ErasePlan | null;
  /** Whether the app is about to end and erase everything. */
  isEnding: boolean;
  read: () => Promise<void>;
  show: (kind: DiskKind, isOutside: boolean) => Promise<void>;
  /** Resolves with whether it was erased: `unused` if only what is not in use. */
  erase: (kind: ErasableKind) => Promise<"all" | "unused" | "nothing">;
  planErase: () => Promise<void>;
  cancelErase: () => void;
  eraseEverything: () => Promise<void>;
}
export type DiskStore = StoreApi<DiskState>;

/** Creates the store of what is kept on the disk. It is read anew whenever its screen opens. */
export function createDiskStore(door: Door): DiskStore {
  return createStore<DiskState>()((set) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      list: { state: "loading" },
      problem: null,
      plan: null,
      isEnding: false,
      read: async () => {
        try {
          set({ list: { state: "ready", value: await door.call("disk.list", {}) } });
        } catch (error) {
          set({ list: { state: "failed", problem: door.problem(error) } });
        }
      },
      show: async (kind, isOutside) => {
        await attempt(() => door.call("shell.showOnDisk", { kind, isOutside }));
      },
      erase: async (kind) => {
        const value = await attempt(() => door.call("disk.erase", { kind }));
        if (value === null) return "nothing";
        set({ list: { state: "ready", value } });
        // Without chats, their database is still there.
        const isLeft = kind !== "chats" && value.entries.some((entry) => entry.erasable === kind);
        return isLeft ? "unused" : "all";
      },
      planErase: async () => {
        const plan = await attempt(() => door.call("disk.planErase", {}));
        if (plan !== null) set({ plan });
      },
      cancelErase: () => set({ plan: null }),
      eraseEverything: async () => {
        set({ isEnding: true });
        const isBegun = await attempt(() => door.call("shell.eraseEverything", {}));
        if (isBegun !== true) set({ isEnding: false, plan: null });
      },
    };
  });
}
