import { closeSync, fsyncSync, openSync } from "node:fs";

/** Waits until what was written to a file is on the disk. Throws the file system's error. */
export function syncPath(path: string): void {
  // Windows syncs only files that are open for writing.
  const file = openSync(path, process.platform === "win32" ? "r+" : "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes what was created, renamed or deleted in a folder durable. Windows cannot open folders and does not need this. */
export function syncFolderNow(folder: string): void {
  if (process.platform !== "win32") syncPath(folder);
}
