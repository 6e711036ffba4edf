import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { FileLock } from "../home/FileLock.ts";

/** The lock that a process holds while it moves the models. It is next to the models folder, in the home. */
const lockFile = (modelsFolder: string): string => `${modelsFolder}-move.lock`;

/** Returns the lock, or null if the models are being moved, by this process or another one. */
export function takeMoveLock(modelsFolder: string): FileLock | null {
  return FileLock.take(lockFile(modelsFolder));
}

/** Rejects with `models-moving` while the models are being moved, by this process or another one. */
export async function expectNoMove(modelsFolder: string): Promise<void> {
  // The file exists once something was moved.
  if ((await lstat(lockFile(modelsFolder)).catch(() => null)) === null) return;
  const lock = takeMoveLock(modelsFolder);
  if (lock === null) throw new WorkbenchError("models-moving");
  lock.release();
}

/**
 * Rejects with `models-move-refused` while a download is running, in this process or another one. One that begins later
 * finds the move's lock.
 */
export async function expectNoDownload(modelsFolder: string): Promise<void> {
  const downloads = join(modelsFolder, ".downloads");
  for (const id of await readdir(downloads).catch(() => [])) {
    const path = join(downloads, id, "lock");
    const found = await lstat(path).catch(() => null);
    if (found?.isFile() !== true) continue;
    const lock = FileLock.take(path);
    if (lock === null) throw new WorkbenchError("models-move-refused", { case: "downloading" });
    lock.release();
  }
}
