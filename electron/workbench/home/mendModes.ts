import type { Stats } from "node:fs";
import { chmod, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { readableParts } from "./homeParts.ts";

/**
 * Restricts files that an earlier release wrote to their owner: files 0600, folders 0700. Does not follow links, and
 * skips other users' files and files with several hard links. Never rejects.
 */
export async function mendModes(home: string): Promise<void> {
  if (process.platform === "win32") return;
  for (const { kind, path } of readableParts(home)) {
    // Users may keep other files in the home folder, which must not be changed.
    if (kind !== "other") await mend(path);
  }
}

async function mend(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null || found.isSymbolicLink()) return;
  const wanted = modeToSet(found);
  if (wanted !== null) await chmod(path, wanted).catch(() => undefined);
  if (!found.isDirectory()) return;
  for (const name of await readdir(path).catch(() => [])) await mend(join(path, name));
}

/** Returns the mode to set, or null if it is already right or must not be changed. */
function modeToSet(found: Stats): number | null {
  const isLinkedElsewhere = !found.isDirectory() && found.nlink > 1;
  if (isLinkedElsewhere || found.uid !== process.getuid?.()) return null;
  const wanted = found.isDirectory() ? 0o700 : 0o600;
  return (found.mode & 0o7777) === wanted ? null : wanted;
}
