import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";

const chunkBytes = 1024 * 1024;

/** Resolves with a file's SHA-512 in hexadecimal digits, or null if it is not a file of this size. Never rejects. */
export async function hashOf(path: string, sizeBytes: number): Promise<string | null> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size !== sizeBytes) return null;
      const hash = createHash("sha512");
      const buffer = Buffer.alloc(chunkBytes);
      for (let at = 0; at < sizeBytes; ) {
        const { bytesRead } = await file.read(buffer, 0, chunkBytes, at);
        if (bytesRead === 0) return null;
        hash.update(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
      return hash.digest("hex");
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
