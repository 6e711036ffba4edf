import { z } from "zod";
import { call } from "./call.ts";

/** What the app keeps on the disk, in the order in which it is shown. `other`: in the home, but not the app's. */
export const diskKinds = [
  "chats",
  "backups",
  "setAside",
  "states",
  "models",
  "downloads",
  "components",
  "settings",
  "secrets",
  "choices",
  "measurements",
  "lookups",
  "windows",
  "updates",
  "connections",
  "logs",
  "dumps",
  "browser",
  "other",
] as const;
export type DiskKind = (typeof diskKinds)[number];

/** What can be erased while the app runs. The rest goes with everything, or where it is used. */
export const erasableKinds = [
  "chats",
  "backups",
  "setAside",
  "states",
  "lookups",
  "connections",
  "logs",
  "dumps",
] as const;
export type ErasableKind = (typeof erasableKinds)[number];

/** What cannot be had again, which is erased only after a question that the page cannot answer. */
export type AskedErasure =
  | { kind: "chats"; count: number }
  | { kind: "backups" | "setAside" | "lockedChats" | "lockedBackups" };

export interface DiskFile {
  path: string;
  sizeBytes: number;
}

/** What is kept of one kind. */
export interface DiskEntry {
  kind: DiskKind;
  /** The same, if it can be erased by itself, or null. */
  erasable: ErasableKind | null;
  /** The files and folders that hold it. */
  places: readonly string[];
  /** Whether it is outside the home, such as models that were moved to another disk. */
  isOutside: boolean;
  sizeBytes: number;
  /** How many files there are. */
  count: number;
  /** The largest files. */
  files: readonly DiskFile[];
}

export interface DiskList {
  home: string;
  /** Only kinds of which there is something. */
  entries: readonly DiskEntry[];
  /** How many chats there are; null if the store cannot be opened. */
  chats: number | null;
  /** Files that the user imported. They are elsewhere, and the app never deletes them. */
  linkedModels: number;
}

/** What erasing everything would do. */
export interface ErasePlan {
  sizeBytes: number;
  count: number;
  /** The other folder that the models are in, or null if they are in the home. */
  modelsFolder: string | null;
  /** What stays, because the app did not put it there: paths below the home, and whole paths in another models folder. */
  staying: readonly string[];
}

export const diskCalls = {
  "disk.list": call<DiskList>()(z.object({})),
  /** Erases what is kept of one kind. Returns what is kept then, or null if the user was asked and refused. */
  "disk.erase": call<DiskList | null>()(z.object({ kind: z.enum(erasableKinds) })),
  "disk.planErase": call<ErasePlan>()(z.object({})),
};
