import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isProcessAlive } from "../isProcessAlive.ts";

/** A running process writes a new file every few seconds, so that an older one is of an earlier process. */
const oldestMs = 10 * 60_000;

/** Returns the path of the small model that this process writes and measures. */
export const trialFile = (folder: string): string => join(folder, `speed-trial-${process.pid}.gguf`);

/** Removes the small models that processes left when they were killed. */
export async function removeTrialFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = /^speed-trial-(\d+)\.gguf$/.exec(name)?.[1];
    const path = join(folder, name);
    if (pid !== undefined && (await isLeft(path, Number(pid)))) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function isLeft(path: string, pid: number): Promise<boolean> {
  if (pid !== process.pid && !isProcessAlive(pid)) return true;
  // The pid may be that of a later process.
  const written = await stat(path).catch(() => null);
  return written !== null && Date.now() - written.mtimeMs > oldestMs;
}
