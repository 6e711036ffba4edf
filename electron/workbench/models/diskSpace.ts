import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** Of the disk a folder lies on, in bytes. The folder need not exist yet: its nearest parent that does is asked. */
export async function diskSpace(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return await diskSpace(dirname(folder));
  }
}
