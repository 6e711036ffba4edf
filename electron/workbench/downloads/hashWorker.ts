import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { FromHashThread, HashThreadData, ToHashThread } from "./FileHasher.ts";

/* SHA-256 of a file that another thread writes: what costs most in a download must not hold up its connections. */
const port = parentPort;
if (port === null) throw new Error("This file is a worker.");
const { fd } = workerData as HashThreadData;
let hash = createHash("sha256");
/** Small enough to be hashed while it still lies in the processor's cache. */
const bufferBytes = 256 * 1024;
// Several processors copy from the file cache at a third of their speed to the same place in a page; so half a page on.
const buffer = Buffer.from(new ArrayBuffer(bufferBytes + 4096), 2048, bufferBytes);

const tell = (message: FromHashThread): void => port.postMessage(message);

/** Answers how many bytes were there; a range that is short is not hashed. */
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
  if (message.type === "digest") tell({ type: "digest", digits: hash.digest("hex") });
  else tell({ type: "added", bytes: add(message.start, message.length) });
});
