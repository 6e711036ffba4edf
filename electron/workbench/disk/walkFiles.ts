import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DiskFile } from "../../contract/disk.ts";

/** A folder with more than this is counted no further. */
const mostFiles = 200_000;

/**
 * Resolves with all files at or below a path, with their sizes. A link counts as a file of its own and is not followed.
 * What cannot be read is left out. Never rejects.
 */
export async function walkFiles(path: string): Promise<DiskFile[]> {
  const files: DiskFile[] = [];
  const visit = async (each: string): Promise<void> => {
    if (files.length >= mostFiles) return;
    const found = await lstat(each).catch(() => null);
    if (found === null) return;
    if (!found.isDirectory()) files.push({ path: each, sizeBytes: found.size });
    else for (const name of await readdir(each).catch(() => [])) await visit(join(each, name));
  };
  await visit(path);
  return files;
}
