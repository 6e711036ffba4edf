import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { FromHashThread, HashThreadData, ToHashThread } from "./FileHasher.ts";

/*
 * Hashes a file that another thread writes. Hashing is the most expensive part of a download and must not block its
 * connections.
 */
const port = parentPort;
if (port === null) throw new Error("This file is a worker.");
const { fd } = workerData as HashThreadData;
let hash = createHash("sha256");
/** Small enough to be hashed while it is still in the CPU cache. */
const bufferBytes = 256 * 1024;
// Starts half a page later, because some CPUs copy from the file cache at a third of their speed to the same offset in
// a page.
const buffer = Buffer.from(new ArrayBuffer(bufferBytes + 4096), 2048, bufferBytes);

const send = (message: FromHashThread): void => port.postMessage(message);

/** Returns the number of bytes that exist. A range that is too short is not hashed. */
function add(start: number, length: number): number {
  const before = hash.copy();
  let added = 0;
  while (added < length) {
    const bytesRead = readSync(fd, buffer, 0, Math.min(buffer.length, length - added), start + added);
    if (bytesRead === 0) {
      hash = before;
      return added;
    }
    hash.update(buffer.subarray(0, bytesRead));
    added += bytesRead;
  }
  return length;
}

port.on("message", (message: ToHashThread) => {
  if (message.type === "digest") send({ type: "digest", digits: hash.digest("hex") });
  else send({ type: "added", bytes: add(message.start, message.length) });
});
