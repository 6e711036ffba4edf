import { createCipheriv } from "node:crypto";
import type { StoreKey } from "./StoreKey.ts";

const magic = "SQLite format 3\0";
/** At the end of each page: a nonce and an authentication tag. */
const reservedBytes = 32;
/** How much of the first page is not encrypted: a salt and how the pages are laid out. */
const plainBytes = 24;
const schemaFormatAt = 44;
const encodingAt = 56;

/**
 * Returns a page of an encrypted database as it would be in one that is not, without comparing its tag. A damaged page
 * becomes random bytes. The scheme is `DecryptPageChaCha20Cipher` of SQLite3 Multiple Ciphers.
 */
export function decryptPage(page: Buffer, number: number, key: StoreKey): Buffer {
  const end = page.length - reservedBytes;
  const nonce = page.subarray(end, end + 12);
  const counter = (page.readUInt32LE(end + 12) ^ number) >>> 0;
  const pageKey = chacha20(Buffer.alloc(64), Buffer.from(key, "hex"), nonce, counter).subarray(32);
  const from = number === 1 ? plainBytes : 0;
  const text = chacha20(page.subarray(from, end), pageKey, nonce, (counter + 1) >>> 0);
  const found = Buffer.concat([page.subarray(0, from), text, page.subarray(end)]);
  // The beginning of the first page is replaced by a salt. It was decrypted if two numbers are possible ones.
  if (number === 1 && found.readUInt32BE(schemaFormatAt) <= 4 && found.readUInt32BE(encodingAt) === 1) {
    found.write(magic, 0, "latin1");
  }
  return found;
}

function chacha20(bytes: Buffer, key: Buffer, nonce: Buffer, counter: number): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(counter);
  return createCipheriv("chacha20", key, Buffer.concat([start, nonce])).update(bytes);
}
