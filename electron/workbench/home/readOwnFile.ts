import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import { systemCode } from "../systemCode.ts";

/** What was found at the path of one of the app's own files. */
export type OwnFile = { state: "read"; text: string } | { state: "absent" } | { state: "unusable"; reason: string };

/** Does not wait for a pipe's writer. Windows has neither this flag nor the next one, nor pipes in folders. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const ownFlags = flags | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads one of the app's own files. A pipe, device, folder, link or file larger than `maxBytes` is unusable and is left
 * unchanged. Never blocks and never rejects.
 */
export async function readOwnFile(path: string, maxBytes: number): Promise<OwnFile> {
  return await read(path, maxBytes, ownFlags);
}

/**
 * Reads a small file of another program, which may be a link. Resolves with its text, or null if it is missing, larger
 * than `maxBytes` or not a regular file. Never blocks and never rejects.
 */
export async function readSmallFile(path: string, maxBytes: number): Promise<string | null> {
  const found = await read(path, maxBytes, flags);
  return found.state === "read" ? found.text : null;
}

async function read(path: string, maxBytes: number, how: number): Promise<OwnFile> {
  try {
    const file = await open(path, how);
    try {
      const stats = await file.stat();
      const reason = whyUnusable(stats, maxBytes);
      if (reason !== null) return { state: "unusable", reason };
      // Not readFile: the file may grow while it is read.
      const bytes = Buffer.alloc(stats.size);
      const { bytesRead } = await file.read(bytes, 0, stats.size, 0);
      return { state: "read", text: bytes.toString("utf8", 0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return notOpened(error);
  }
}

/** The synchronous version, for files that are needed before the first frame. */
export function readOwnFileSync(path: string, maxBytes: number): OwnFile {
  try {
    const file = openSync(path, ownFlags);
    try {
      const stats = fstatSync(file);
      const reason = whyUnusable(stats, maxBytes);
      if (reason !== null) return { state: "unusable", reason };
      const bytes = Buffer.alloc(stats.size);
      return { state: "read", text: bytes.toString("utf8", 0, readSync(file, bytes, 0, stats.size, 0)) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return notOpened(error);
  }
}

function whyUnusable(stats: Stats, maxBytes: number): string | null {
  if (!stats.isFile()) return stats.isDirectory() ? "It is a folder." : "It is not a regular file.";
  return stats.size > maxBytes ? `It has ${stats.size} bytes, which is more than the ${maxBytes} allowed.` : null;
}

function notOpened(error: unknown): OwnFile {
  const code = systemCode(error);
  if (code === "ENOENT") return { state: "absent" };
  if (code === "ELOOP" || code === "EMLINK") return { state: "unusable", reason: "It is a link." };
  return { state: "unusable", reason: error instanceof Error ? error.message : String(error) };
}
