import { constants } from "node:fs";
import { open } from "node:fs/promises";

/**
 * The text of a regular file of at most `maxBytes`. Null for everything else: missing, larger, a pipe, a device, a
 * folder. It never waits for a writer.
 */
export async function readSmallFile(path: string, maxBytes: number): Promise<string | null> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > maxBytes) return null;
      // Not readFile: the file may grow while it is read.
      const bytes = Buffer.alloc(stats.size);
      const { bytesRead } = await file.read(bytes, 0, stats.size, 0);
      return bytes.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
