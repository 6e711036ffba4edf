import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import { blockBytes } from "./BlockMap.ts";
import { FileHasher } from "./FileHasher.ts";

export interface HashFileOptions {
  /** Path of the built `hashWorker.js`. Default: next to the running file. */
  hashWorker?: string;
  onBytes?: (bytes: number) => void;
}

/**
 * Resolves with a file's SHA-256 in 64 hexadecimal digits, computed in a worker thread. Rejects with the signal's
 * reason, with `model-file-unreadable` if it is not a regular file or is truncated meanwhile, or with the file system's
 * error.
 */
export async function hashFile(
  path: string,
  signal: AbortSignal,
  { hashWorker, onBytes }: HashFileOptions = {},
): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const hasher = new FileHasher(file.fd, hashWorker);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new WorkbenchError("model-file-unreadable");
    for (let at = 0; at < stats.size; at += blockBytes) {
      signal.throwIfAborted();
      const length = Math.min(blockBytes, stats.size - at);
      if ((await hasher.add(at, length)) < length) {
        throw new WorkbenchError("model-file-unreadable", { case: "changing" });
      }
      onBytes?.(at + length);
    }
    return await hasher.digest();
  } finally {
    await hasher.close();
    await file.close();
  }
}
