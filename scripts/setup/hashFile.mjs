import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/**
 * Resolves with a file's hash.
 * @param {string} path
 * @param {string} algorithm such as "sha256"
 * @param {"hex" | "base64"} encoding
 */
export async function hashFile(path, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest(encoding);
}
