import { lstat } from "node:fs/promises";
import { problemOf, toProblem } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { folderCalls, FolderState, MovePlan } from "../../contract/folder.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Notices } from "../Notices.ts";
import { FolderMover, type FolderMoverOptions } from "./FolderMover.ts";
import { folderPlaces } from "./folderPlaces.ts";

export interface FolderOptions extends Pick<FolderMoverOptions, "home" | "hashWorker" | "withoutModel"> {
  /** For tests: other space to be left on the disk. */
  reserveBytes: number | undefined;
  notices: Notices;
  onEvent: EventListener;
  onLog: (level: "error", text: string) => void;
}

/** The folder that downloaded models are in. */
export interface Folder {
  readonly isMoving: boolean;
  state(): Promise<FolderState>;
  /** Resolves with what a move below this folder would do. Rejects with `models-move-refused` or `models-moving`. */
  plan(chosen: string): Promise<MovePlan>;
  /** Continues a move that the last session did not finish. Never rejects. */
  resume(): void;
}

/**
 * Opens the models folder. A switch to another folder that a crash interrupted is completed first, so that the models
 * are there when this resolves. Never rejects.
 */
export async function openFolder(options: FolderOptions): Promise<RunningCapability<typeof folderCalls, Folder>> {
  const { home, hashWorker, withoutModel, reserveBytes, notices, onEvent, onLog } = options;
  let wasMissing = false;
  const lookForDisk = ({ isMissing, path }: FolderState): void => {
    if (isMissing) notices.add(problemOf("models-folder-missing", { folder: path }));
    else notices.withdraw("models-folder-missing");
    if (isMissing !== wasMissing) onEvent("models.changed", {});
    wasMissing = isMissing;
  };
  const mover = new FolderMover({
    home,
    hashWorker,
    withoutModel,
    ...(reserveBytes !== undefined && { reserveBytes }),
    onChange: (state) => {
      lookForDisk(state);
      onEvent("folder.changed", state);
    },
    onSwitched: () => onEvent("models.changed", {}),
    onCopiesLeft: (folder) => {
      // One of an earlier move would keep this one from being shown.
      notices.withdraw("models-copies-left");
      notices.add(problemOf("models-copies-left", { folder }));
    },
  });
  const logged = (error: unknown): void => onLog("error", `The models folder: ${toProblem(error).detail ?? ""}`);
  await mover.repair().catch(logged);
  const state = async (): Promise<FolderState> => {
    const found = await mover.state();
    lookForDisk(found);
    return found;
  };
  const { models } = folderPlaces(home);
  const found = await lstat(models).catch(() => null);
  if (found !== null && !found.isDirectory() && !found.isSymbolicLink()) {
    notices.add(problemOf("file-blocked", { case: "notFolder", path: models }));
  }
  // A disk that does not respond must not delay the window.
  void state();
  return {
    api: {
      get isMoving() {
        return mover.isMoving;
      },
      state,
      plan: (chosen) => mover.plan(chosen),
      resume: () => void mover.resume().catch(logged),
    },
    handlers: {
      "folder.state": state,
      "folder.planBack": () => mover.plan(null),
      "folder.move": async ({ planId }) => {
        await mover.start(planId);
        return null;
      },
      "folder.retry": async () => {
        await mover.retry();
        return null;
      },
      "folder.cancel": async () => {
        await mover.cancel();
        return null;
      },
    },
    close: () => mover.close(),
  };
}
