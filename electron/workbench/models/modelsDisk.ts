import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModelsDisk } from "../../contract/models.ts";
import { diskSpace } from "./diskSpace.ts";

const maxEntries = 20_000;

/** Resolves with the disk of the models folder and the space that the models use on it. */
export async function modelsDisk(folder: string): Promise<ModelsDisk> {
  return { folder, ...(await diskSpace(folder)), modelsBytes: await bytesBelow(folder) };
}

/** Resolves with the size of regular files. Links and their targets do not count. */
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
