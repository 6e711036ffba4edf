import { lstatSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { namesIn } from "../home/namesIn.ts";

/** With the id of the process that made it. */
const named = /^r1-workbench-doctor-(\d+)-\w{6}$/;

/** No examination takes so long: an older folder is left over, even if its process id is in use again. */
const longestMs = 24 * 3_600_000;

/** A folder outside the home, which the examination must not change. It may hold a copy of the chats. */
export interface DoctorFolder {
  path: string;
  remove: () => void;
}

/** Creates a temporary folder that only the user may read. It goes when it is removed, or when the process ends. */
export async function makeDoctorFolder(): Promise<DoctorFolder> {
  const path = await mkdtemp(join(tmpdir(), `r1-workbench-doctor-${process.pid}-`));
  const remove = (): void => {
    process.off("exit", remove);
    removeFolder(path);
  };
  process.once("exit", remove);
  return { path, remove };
}

/** Removes what examinations left that were killed. Never throws. */
export function removeLeftFolders(): void {
  for (const name of namesIn(tmpdir())) {
    const pid = named.exec(name)?.[1];
    const path = join(tmpdir(), name);
    const found = pid === undefined ? undefined : lstatSync(path, { throwIfNoEntry: false });
    // Other users of the machine may use the same folder.
    if (found?.isDirectory() !== true || (process.getuid !== undefined && found.uid !== process.getuid())) continue;
    if (!isRunning(Number(pid)) || Date.now() - found.mtimeMs > longestMs) removeFolder(path);
  }
}

function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // The next examination tries again.
  }
}

/** A process of another user, of which isProcessAlive would say so too, did not make a folder of this one's. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
