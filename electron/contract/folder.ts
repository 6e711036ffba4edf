import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/**
 * What a move would do, for the user to confirm. `copy`: files are copied to another disk and then deleted here.
 * `rename`: on the same disk, nothing is copied. `use`: the folder already has models, which are used where they are.
 */
export interface MovePlan {
  id: string;
  kind: "copy" | "rename" | "use";
  from: string;
  to: string;
  /** Of everything that is moved, or for `use` of what was found. */
  files: number;
  bytes: number;
  freeBytes: number;
  /** Whether that disk cannot keep other users of the machine from reading and changing files. */
  isOpenToOthers: boolean;
}

/**
 * The lifecycle of a move:
 *
 *   none ─▶ moving ─▶ none
 *             └─▶ failed ─(retry)─▶ moving
 *   cancelling either undoes it ─▶ none
 *
 * `waiting`: everything is copied, and the engine is in use. `finishing`: the new folder is used; what it has is deleted
 * from the former one, and it can no longer be cancelled.
 */
export type FolderMove =
  | { state: "none" }
  | {
      state: "moving";
      step: "copying" | "waiting" | "finishing" | "undoing";
      from: string;
      to: string;
      movedBytes: number;
      totalBytes: number;
    }
  | { state: "failed"; from: string; to: string; canUndo: boolean; problem: Problem };

/** The folder that downloaded models are in. */
export interface FolderState {
  path: string;
  isInHome: boolean;
  /** Whether it is on a disk that is not connected. */
  isMissing: boolean;
  move: FolderMove;
}

export const folderCalls = {
  "folder.state": call<FolderState>()(z.object({})),
  /** Returns the plan for moving the models back into the home. Rejects with `models-move-refused`. */
  "folder.planBack": call<MovePlan>()(z.object({})),
  /** Begins a planned move, which goes on after a restart. Rejects with `models-move-refused` or `models-moving`. */
  "folder.move": call<null>()(z.object({ planId: z.string().min(1).max(64) })),
  /** Tries a failed move again. */
  "folder.retry": call<null>()(z.object({})),
  /** Undoes the move: what was copied is deleted, and the models stay where they are. */
  "folder.cancel": call<null>()(z.object({})),
};
