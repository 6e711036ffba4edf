import type { StatsFs } from "node:fs";
import { readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ModelsDisk } from "../../contract/models.ts";

const maxEntries = 20_000;

/** The disk of the models folder, which need not exist yet: its nearest parent that does is asked. */
export async function modelsDisk(folder: string): Promise<ModelsDisk> {
  const { bavail, blocks, bsize } = await statfsNearest(folder);
  return {
    folder,
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    modelsBytes: await bytesBelow(folder),
  };
}

async function statfsNearest(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder);
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return await statfsNearest(dirname(folder));
  }
}

/** Of regular files; links and what they lead to do not count. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries.slice(0, maxEntries)) {
    if (!entry.isFile()) continue;
    bytes += await stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return bytes;
}
