import { z } from "zod";
import { call } from "./call.ts";
import type { DocumentTokens } from "./documents.ts";
import type { DocumentCase, Problem } from "./errors.ts";

/**
 * Why a folder of documents could not be looked at. What was read of it before is still searched. `empty`: it holds no
 * document any more, as a drive's folder does while the drive is unplugged. `slow`: it did not answer in time.
 */
export const folderTroubles = ["gone", "empty", "notAllowed", "slow", "offline"] as const;
export type FolderTrouble = (typeof folderTroubles)[number];

/** How much of a folder is not read, by the reason. */
export interface LeftOut {
  /** Names that begin with a dot or `~$`. */
  hidden: number;
  /** Folders such as `node_modules`, which programs fill. */
  trees: number;
  links: number;
  /** Files of a kind that is not read, such as pictures. */
  others: number;
  /** Folders that are nested too deeply. */
  deep: number;
  /** Folders and files that could not be opened. What was read of them before stays. */
  closed: number;
  /** Files beyond the most that are read. */
  beyond: number;
  /** Files for whose text there is no room. */
  full: number;
  /** Whether the folder holds more than is looked at, so that the other counts are too low. */
  isCut: boolean;
}

/**
 * A folder of the disk whose documents stay with a folder of chats:
 *
 *   ready ─▶ looking ─▶ reading ─▶ ready
 *     ▲─────────┘ nothing has changed, or it cannot be looked at
 */
export interface DocumentFolder {
  /** Of the chats. */
  folderId: string;
  /** The last part of its path. */
  name: string;
  state: "ready" | "looking" | "reading";
  trouble: FolderTrouble | null;
  /** Why reading has stopped, such as a full disk; it goes on when the folder is looked at again. */
  problem: Problem | null;
  /** How many documents were read, and how many of them can be searched by now. */
  documents: number;
  indexed: number;
  /** How many files are still to be read. */
  toRead: number;
  /** Files that could not be read: the first ones, and how many there are. `place`: below the folder, with `/`. */
  refused: { place: string; case: DocumentCase }[];
  refusedCount: number;
  /** Null until it was looked at since the start. */
  leftOut: LeftOut | null;
}

/** Of the files that could not be read, so many are named. */
export const mostNamedFiles = 100;

const id = z.string().min(1).max(64);

/** A folder is chosen by `shell.chooseDocumentFolder`. */
export const documentFolderCalls = {
  "documents.folders": call<DocumentFolder[]>()(z.object({})),
  /** Forgets the folder of documents of a folder of chats, with what was read of it. */
  "documents.removeFolder": call<null>()(z.object({ folderId: id })),
  /**
   * Looks for files that have changed, unless that was done in the last seconds. `isAsked`: in any case, and also tries
   * those again that could not be opened. Returns at once: `documents.foldersChanged` follows.
   */
  "documents.lookAgain": call<null>()(z.object({ folderId: id, isAsked: z.boolean().default(false) })),
  /** Returns how many tokens the passages that are found in a folder may take. */
  "documents.countFolder": call<DocumentTokens>()(z.object({ folderId: id })),
};
