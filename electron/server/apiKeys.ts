import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Returns a new key with 256 random bits. */
export const newApiKey = (): string => `r1-${randomBytes(32).toString("base64url")}`;

/** Returns what may be kept of a key: from 256 random bits, nobody gets back from it to the key. */
export const hashOfKey = (key: string): string => sha256(key).toString("hex");

/** Returns whether an `Authorization` header has one of the keys with these hashes. Takes the same time for any key. */
export function hasKey(authorization: string, hashes: readonly string[]): boolean {
  const scheme = "Bearer ";
  if (!authorization.startsWith(scheme)) return false;
  const given = sha256(authorization.slice(scheme.length));
  let isRight = false;
  for (const hash of hashes) isRight = timingSafeEqual(given, Buffer.from(hash, "hex")) || isRight;
  return isRight;
}

const sha256 = (key: string): Buffer => createHash("sha256").update(key, "latin1").digest();
