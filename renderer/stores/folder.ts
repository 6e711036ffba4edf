import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { FolderState, MovePlan } from "../../electron/contract/folder.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface FolderStoreState {
  /** Where the models are. Null until it is known. */
  folder: FolderState | null;
  /** What the user is asked to confirm. */
  plan: MovePlan | null;
  /** Why the last request failed. */
  problem: Problem | null;
  /** Reads again where the models are, because a disk may have been connected. */
  look: () => Promise<void>;
  /** Opens the folder dialog and plans a move there. Nothing happens if it is cancelled. */
  choose: () => Promise<void>;
  /** Plans a move back into the app's folder. */
  planBack: () => Promise<void>;
  /** Begins the planned move. */
  move: () => Promise<void>;
  dismissPlan: () => void;
  retry: () => Promise<void>;
  /** Undoes the move. */
  cancel: () => Promise<void>;
  /** Opens the models folder in the system's file manager. */
  open: () => Promise<void>;
  dismissProblem: () => void;
}

export type FolderStore = StoreApi<FolderStoreState>;

export function createFolderStore(door: Door): FolderStore {
  const store = createStore<FolderStoreState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      folder: null,
      plan: null,
      problem: null,
      look: async () => {
        const folder = await door.call("folder.state", {}).catch(() => null);
        if (folder !== null) set({ folder });
      },
      choose: async () => set({ plan: await attempt(() => door.call("shell.chooseModelsFolder", {})) }),
      planBack: async () => set({ plan: await attempt(() => door.call("folder.planBack", {})) }),
      move: async () => {
        const { plan } = get();
        set({ plan: null });
        if (plan !== null) await attempt(() => door.call("folder.move", { planId: plan.id }));
      },
      dismissPlan: () => set({ plan: null }),
      retry: async () => {
        await attempt(() => door.call("folder.retry", {}));
      },
      cancel: async () => {
        await attempt(() => door.call("folder.cancel", {}));
      },
      open: async () => {
        await attempt(() => door.call("shell.openModelsFolder", {}));
      },
      dismissProblem: () => set({ problem: null }),
    };
  });
  snapshotThenEvents({
    snapshot: () => door.call("folder.state", {}),
    events: (tell) => onNamed(door, "folder.changed", tell),
    apply: (folder) => store.setState({ folder }),
    fail: (error) => store.setState({ problem: door.problem(error) }),
  });
  return store;
}
