import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, rename, rm, stat, symlink, utimes } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { FileHasher } from "../downloads/FileHasher.ts";
import { hashFile } from "../downloads/hashFile.ts";
import { makeFolderInside } from "../downloads/makeFolderInside.ts";
import { knownHash } from "../downloads/VerifiedFiles.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { partialEnd, type TreeEntry } from "./folderTree.ts";

export interface CopyOptions {
  /** The built `hashWorker.js`. */
  hashWorker: string;
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
}

const bufferBytes = 8 * 1024 * 1024;
/** In milliseconds. Some file systems keep times in steps of two seconds. */
const timeStepMs = 2000;
/** Does not wait for a pipe or follow a link. Windows has neither flag. */
const plainFile = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Copies a file or link to the same place below `to`. The copy has its name only once it was read back from the disk
 * and its SHA-256 is right. Rejects with `models-move-failed`, the signal's reason or the file system's error; the
 * original is never changed.
 */
export async function copyEntry(from: string, to: string, entry: TreeEntry, options: CopyOptions): Promise<void> {
  const target = join(to, entry.path);
  await makeFolderInside(to, dirname(target), { makesBase: false });
  if (entry.kind === "link") await copyLink(join(from, entry.path), target);
  else await copyFile(from, entry.path, target, options);
  await syncFolder(dirname(target)).catch(() => undefined);
}

/**
 * Resolves with whether `to` has this file or link. A file there was compared by its hash before it got its name, and
 * then got the time of the original.
 */
export async function isCopied(from: string, to: string, entry: TreeEntry): Promise<boolean> {
  const path = join(to, entry.path);
  const found = await lstat(path).catch(() => null);
  if (found === null) return false;
  if (entry.kind === "link") {
    return found.isSymbolicLink() && (await readlink(path)) === (await linkTarget(join(from, entry.path)));
  }
  const isSameTime = Math.abs(found.mtimeMs - entry.modifiedMs) <= timeStepMs;
  return found.isFile() && found.size === entry.sizeBytes && isSameTime;
}

async function copyLink(path: string, target: string): Promise<void> {
  const wanted = await linkTarget(path);
  await rm(target, { force: true });
  await symlink(wanted, target);
}

/** Resolves with the absolute path that a link leads to, because a relative one leads elsewhere from another folder. */
const linkTarget = async (path: string): Promise<string> => resolve(dirname(path), await readlink(path));

async function copyFile(from: string, name: string, target: string, options: CopyOptions): Promise<void> {
  const path = join(from, name);
  const partial = `${target}${partialEnd}`;
  const source = await open(path, plainFile);
  try {
    const before = await source.stat();
    if (!before.isFile()) throw new WorkbenchError("models-move-failed", { case: "changed", path });
    await rm(partial, { force: true });
    const copy = await open(partial, "wx", 0o600);
    let sha256: string;
    try {
      sha256 = await copyBytes(source, copy, before.size, path, options);
      await copy.sync();
    } finally {
      await copy.close();
    }
    const { mtimeMs, size } = await stat(path);
    if (size !== before.size || mtimeMs !== before.mtimeMs) {
      throw new WorkbenchError("models-move-failed", { case: "changed", path });
    }
    const known = await knownHash(from, path);
    if (known !== null && known !== sha256) throw new WorkbenchError("models-move-failed", { case: "damaged", path });
    const written = await hashFile(partial, options.signal, { hashWorker: options.hashWorker });
    if (written !== sha256) throw new WorkbenchError("models-move-failed", { case: "badCopy", path: target });
    await utimes(partial, before.atime, before.mtime);
    await rename(partial, target);
  } finally {
    await source.close();
  }
}

/** Copies the bytes and resolves with the SHA-256 of those that were read, which is computed in a thread. */
async function copyBytes(
  source: FileHandle,
  copy: FileHandle,
  sizeBytes: number,
  path: string,
  { hashWorker, signal, onBytes }: CopyOptions,
): Promise<string> {
  const hasher = new FileHasher(source.fd, hashWorker);
  try {
    const buffer = Buffer.allocUnsafe(Math.min(bufferBytes, Math.max(1, sizeBytes)));
    for (let at = 0; at < sizeBytes; ) {
      signal.throwIfAborted();
      const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, sizeBytes - at), at);
      if (bytesRead === 0) throw new WorkbenchError("models-move-failed", { case: "changed", path });
      await Promise.all([writeWhole(copy, buffer.subarray(0, bytesRead), at), hasher.add(at, bytesRead)]);
      at += bytesRead;
      onBytes(bytesRead);
    }
    return await hasher.digest();
  } finally {
    await hasher.close();
  }
}

async function writeWhole(copy: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await copy.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}
