import type { FolderState } from "../../../electron/contract/folder.ts";
import { FolderMover, type FolderMoverOptions } from "../../../electron/workbench/folder/FolderMover.ts";

/** Opens the mover of one session. `next` resolves with its next state that fits. */
export function openMover(home: string, withoutModel: FolderMoverOptions["withoutModel"] = (_signal, work) => work()) {
  const waiting = new Set<(state: FolderState) => void>();
  const mover = new FolderMover({
    home,
    hashWorker: "",
    reserveBytes: 0,
    withoutModel,
    onSwitched: () => undefined,
    onCopiesLeft: () => undefined,
    onChange: (state) => {
      for (const tell of waiting) tell(state);
    },
  });
  const next = (fits: (move: FolderState["move"]) => boolean): Promise<FolderState["move"]> =>
    new Promise((resolve) => waiting.add(({ move }) => fits(move) && resolve(move)));
  return { mover, next };
}
