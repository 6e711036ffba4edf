import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** How llama.cpp begins the file of a sequence's state: "ggsq", the version, and the number of tokens. */
const magic = 0x67677371;
const version = 3;
const headerBytes = 12;
const numberBytes = 4;
/** In bytes. Between two parts, the hash can be cancelled. */
const partBytes = 4 << 20;

/** Does not wait at a pipe and does not follow a link. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Opens a file of state, calls `work` with it and closes it. Resolves with null if there is no regular file of this
 * size, or any size if it is null.
 */
export async function withStateFile<Result>(
  path: string,
  sizeBytes: number | null,
  work: (file: FileHandle) => Promise<Result>,
): Promise<Result | null> {
  const file = await open(path, flags).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    if (!found.isFile() || (sizeBytes !== null && found.size !== sizeBytes)) return null;
    return await work(file);
  } finally {
    await file.close();
  }
}

/**
 * Resolves with the tokens that the state belongs to, or null if the file does not begin like one: with at most this
 * many tokens, and then one stream with a cell for each. llama.cpp runs out of memory on a wrong number of cells.
 */
export async function readStateTokens(file: FileHandle, mostTokens: number): Promise<number[] | null> {
  const header = await readPart(file, headerBytes, 0);
  if (header.length < headerBytes) return null;
  if (header.readUInt32LE(0) !== magic || header.readUInt32LE(4) !== version) return null;
  const count = header.readUInt32LE(8);
  if (count > mostTokens) return null;
  const cellsAt = count * numberBytes;
  const bytes = await readPart(file, cellsAt + 2 * numberBytes, headerBytes);
  if (bytes.length < cellsAt + 2 * numberBytes) return null;
  if (bytes.readUInt32LE(cellsAt) !== 1 || bytes.readUInt32LE(cellsAt + numberBytes) !== count) return null;
  return Array.from({ length: count }, (_, index) => bytes.readInt32LE(index * numberBytes));
}

/** Resolves with the SHA-256 of the whole file, or null if `signal` aborted. */
export async function hashStateFile(file: FileHandle, signal: AbortSignal): Promise<string | null> {
  const hash = createHash("sha256");
  const part = Buffer.allocUnsafe(partBytes);
  for (let at = 0; ; ) {
    if (signal.aborted) return null;
    const { bytesRead } = await file.read(part, 0, partBytes, at);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(part.subarray(0, bytesRead));
    at += bytesRead;
  }
}

async function readPart(file: FileHandle, length: number, position: number): Promise<Buffer> {
  const part = Buffer.alloc(length);
  const { bytesRead } = await file.read(part, 0, length, position);
  return part.subarray(0, bytesRead);
}
