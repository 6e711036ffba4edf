import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { HardwareReport, MachineProfile } from "../../electron/contract/hardware.ts";
import type { Door } from "./door.ts";

export interface HardwareState {
  /** Null until a screen has requested it. */
  profile: MachineProfile | null;
  /** Whether the profile is being read, or measured if necessary. */
  reading: boolean;
  problem: Problem | null;
  read: (measureAgain?: boolean) => Promise<void>;
  /** Resolves with the profile without personal data; with null if it failed, and `problem` then says why. */
  report: () => Promise<HardwareReport | null>;
}
export type HardwareStore = StoreApi<HardwareState>;

export function createHardwareStore(door: Pick<Door, "call" | "problem">): HardwareStore {
  return createStore<HardwareState>()((set, get) => ({
    profile: null,
    reading: false,
    problem: null,
    read: async (measureAgain = false) => {
      if (get().reading) return;
      set({ reading: true, problem: null });
      try {
        set({ profile: await door.call("hardware.profile", { measureAgain }), reading: false });
      } catch (error) {
        set({ problem: door.problem(error), reading: false });
      }
    },
    report: async () => {
      try {
        return await door.call("hardware.report", {});
      } catch (error) {
        set({ problem: door.problem(error) });
        return null;
      }
    },
  }));
}
