// A hub in its own process, for downloadSpeed.mjs: one large file from memory, so that sending costs next to nothing.
// Started with the size in bytes. Prints its address, and responds to each message with the bytes sent so far.
import { createHash } from "node:crypto";
import { bytesOf, startHubServer } from "../support/hub/hubServer.mjs";

const sizeBytes = Number(process.argv[2]);
const path = "large.gguf";
const slowPath = "slow.gguf";
// Not a multiple of a block, so that a block written to the wrong place is detected.
const periodBytes = 64 * 1024 * 1024 - 4099;
const longestChunk = 1024 * 1024;
const period = bytesOf(1, 0, periodBytes + longestChunk);
period.copy(period, periodBytes, 0, longestChunk);

/** Returns bytes of the file without copying; at most `longestChunk`. */
const bytes = (start, length) => period.subarray(start % periodBytes, (start % periodBytes) + length);

function sha256(size) {
  const hash = createHash("sha256");
  for (let at = 0; at < size; at += longestChunk) hash.update(bytes(at, Math.min(longestChunk, size - at)));
  return hash.digest("hex");
}

const slowBytes = Number(process.argv[3]);
const files = {
  [path]: { sizeBytes, bytes, sha256: sha256(sizeBytes) },
  [slowPath]: { sizeBytes: slowBytes, bytes, sha256: sha256(slowBytes) },
};
const hub = await startHubServer({ files, chunkBytes: longestChunk });
process.on("message", ({ bytesPerSecond }) => {
  hub.state.bytesPerSecond = bytesPerSecond;
  process.send({ bytesSent: hub.state.bytesSent });
});
process.on("disconnect", () => process.exit());
process.send({
  endpoint: hub.endpoint,
  repo: hub.repo,
  commit: hub.state.commit,
  fast: { path, sizeBytes, sha256: files[path].sha256 },
  slow: { path: slowPath, sizeBytes: slowBytes, sha256: files[slowPath].sha256 },
});
