import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { blockBytes } from "./BlockMap.ts";
import type { FromHashThread, HashThreadData, ToHashThread } from "./FileHasher.ts";

/* SHA-256 of a file that another thread writes: what costs most in a download must not hold up its connections. */
const port = parentPort;
if (port === null) throw new Error("This file is a worker.");
const { fd } = workerData as HashThreadData;
const hash = createHash("sha256");
const buffer = Buffer.allocUnsafe(blockBytes);

const tell = (message: FromHashThread): void => port.postMessage(message);

/** Answers how many bytes were there; a range that is short is not hashed. */
function add(start: number, length: number): number {
  let filled = 0;
  while (filled < length) {
    const bytesRead = readSync(fd, buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) return filled;
    filled += bytesRead;
  }
  hash.update(buffer.subarray(0, length));
  return length;
}

port.on("message", (message: ToHashThread) => {
  if (message.type === "digest") tell({ type: "digest", digits: hash.digest("hex") });
  else tell({ type: "added", bytes: add(message.start, message.length) });
});
