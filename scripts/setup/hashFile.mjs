import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/**
 * Resolves with a file's hash in hexadecimal digits.
 * @param {string} path
 * @param {"sha256" | "sha512"} algorithm
 */
export async function hashFile(path, algorithm) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
