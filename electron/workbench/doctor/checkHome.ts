import { constants } from "node:fs";
import { access, lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DoctorCheck } from "../../contract/doctor.ts";
import { readableParts } from "../home/homeParts.ts";
import { isErasing } from "../home/eraseJournal.ts";
import { isAnothers } from "../home/isAnothers.ts";
import { finding } from "./DoctorOptions.ts";

/** More than a home has, apart from a browser's cache, whose folder is closed as a whole. */
const mostFiles = 50_000;

/** Examines whether the home is there, writable, and only its owner's. */
export async function checkHome(home: string): Promise<DoctorCheck> {
  const folder = home;
  const found = await stat(home).catch(() => null);
  if (found === null) {
    const canBeMade = await isWritable(await nearestFolder(home));
    return finding("home", canBeMade, { code: canBeMade ? "homeNew" : "homeReadOnly", facts: { folder } });
  }
  if (!found.isDirectory()) return finding("home", false, { code: "homeNotFolder", facts: { folder } });
  if (isAnothers(found)) return finding("home", false, { code: "homeOthers", facts: { folder } });
  if (!(await isWritable(home))) return finding("home", false, { code: "homeReadOnly", facts: { folder } });
  if (isErasing(home)) return finding("home", false, { code: "homeErasing" });
  // In a folder that others may enter, such as a shared one, the files themselves must be closed.
  const count = process.platform === "win32" || (found.mode & 0o077) === 0 ? 0 : await countOpen(home);
  if (count > 0) return finding("home", false, { code: "homeOpen", facts: { count } });
  return finding("home", true, { code: "homeGood", facts: { folder } });
}

/** Resolves with how many of the app's files and folders others may read. */
async function countOpen(home: string): Promise<number> {
  let count = 0;
  let seen = 0;
  const look = async (path: string): Promise<void> => {
    if (++seen > mostFiles) return;
    const found = await lstat(path).catch(() => null);
    if (found === null || found.isSymbolicLink()) return;
    if ((found.mode & 0o077) !== 0) count++;
    // Nobody else gets into a closed folder.
    else if (found.isDirectory()) return;
    if (!found.isDirectory()) return;
    for (const name of await readdir(path).catch(() => [])) await look(join(path, name));
  };
  for (const { kind, path } of readableParts(home)) if (kind !== "other") await look(path);
  return count;
}

const isWritable = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  const found = await stat(parent).catch(() => null);
  return found !== null || parent === path ? parent : await nearestFolder(parent);
}
