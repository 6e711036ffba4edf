import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** How much is left free, in bytes, of a disk to which the app downloads or moves models. */
export const usualReserveBytes = 1_000_000_000;

/**
 * Resolves with the space on the disk that has the folder, in bytes. If the folder does not exist yet, its nearest
 * existing parent is used.
 */
export async function diskSpace(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return await diskSpace(dirname(folder));
  }
}
