import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Model, OpenedFile } from "../../electron/contract/models.ts";
import { type Door, onNamed } from "./door.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface OpenedFilesState {
  /** The files that were opened with the app, until the user has used or closed them. */
  files: readonly OpenedFile[];
  /** Whether more were opened than are shown. */
  isCut: boolean;
  /** Why files could not be added, by the id of the file. */
  problems: Readonly<Record<string, Problem>>;
  /** Adds a file to the list of models. Resolves with null if it was refused. */
  add: (openedId: string) => Promise<Model | null>;
  readAgain: (openedId: string) => Promise<void>;
  /** Forgets these files; nothing happens to them. */
  close: (openedIds: readonly string[]) => Promise<void>;
}

export type OpenedFilesStore = StoreApi<OpenedFilesState>;

export function createOpenedFilesStore(door: Door): OpenedFilesStore {
  const store = createStore<OpenedFilesState>()((set) => ({
    files: [],
    isCut: false,
    problems: {},
    add: async (openedId) => {
      set(({ problems }) => ({ problems: without(problems, openedId) }));
      try {
        return await door.call("models.addOpened", { openedId });
      } catch (error) {
        const problem = door.problem(error);
        set(({ problems }) => ({ problems: { ...problems, [openedId]: problem } }));
        return null;
      }
    },
    readAgain: async (openedId) => {
      await door.call("models.readOpened", { openedId }).catch(() => undefined);
    },
    close: async (openedIds) => {
      // They disappear at once, whatever main is busy with.
      set(({ files }) => ({ files: files.filter(({ id }) => !openedIds.includes(id)), isCut: false, problems: {} }));
      await door.call("models.closeOpened", { openedIds: [...openedIds] }).catch(() => undefined);
    },
  }));
  snapshotThenEvents({
    snapshot: () => door.call("models.opened", {}),
    events: (tell) => onNamed(door, "models.openedChanged", tell),
    apply: ({ files, isCut }) => store.setState({ files, isCut }),
  });
  return store;
}

function without(problems: Readonly<Record<string, Problem>>, openedId: string): Record<string, Problem> {
  return Object.fromEntries(Object.entries(problems).filter(([id]) => id !== openedId));
}
