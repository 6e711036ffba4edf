import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { verifiedPaths } from "../downloads/VerifiedFiles.ts";

/**
 * Returns the files that the app put into a models folder, in the home or elsewhere: downloaded models, unfinished downloads,
 * and the notes about them, which come last. Everything else there is the user's.
 */
export function ownModelFiles(folder: string): string[] {
  const downloaded = verifiedPaths(folder).filter((names) => isInside(folder, names));
  const notes = [".verified.json"];
  return [
    ...downloaded.map((names) => join(folder, ...names)),
    ...filesBelow(join(folder, ".downloads")),
    ...(isInside(folder, notes) ? [join(folder, ...notes)] : []),
  ];
}

/** Links are files here, and not followed. */
function filesBelow(folder: string): string[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Returns whether this is a file below real folders. A stored name could lead out of the folder, and so could a link. */
function isInside(folder: string, names: readonly string[]): boolean {
  if (names.length === 0 || names.some((name) => /^\.{0,2}$|[\\/\0]/.test(name))) return false;
  return names.every((_, index) => {
    const found = lstatSync(join(folder, ...names.slice(0, index + 1)), { throwIfNoEntry: false });
    return index < names.length - 1 ? found?.isDirectory() : found?.isFile();
  });
}
