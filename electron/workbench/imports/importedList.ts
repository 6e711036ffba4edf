import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { overwriteFile } from "../chatLock/overwriteFile.ts";
import { readOwnFileSync } from "../home/readOwnFile.ts";
import { syncFolderNow, syncPath } from "../home/syncPath.ts";
import { writeOwnFileSync } from "../home/writeOwnFileSync.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";

/*
 * The file with the list of the chats that were imported last. Beside encrypted chats it is encrypted too (AES-256-GCM, with a
 * key that is derived from theirs), because titles can be guessed from its digests. It has another name then.
 */

/** More than an import of a million chats needs. */
export const mostListBytes = 300_000_000;

const nonceBytes = 12;
const tagBytes = 16;

/** Returns where the list is. */
export const listFile = (home: string, isEncrypted: boolean): string =>
  join(home, isEncrypted ? "last-import-chats-encrypted.json" : "last-import-chats.json");

/** Returns the list as it is written. `key`: that of the chats, or null if they are not encrypted. */
export function sealList(list: string, key: StoreKey | null): string {
  if (key === null) return list;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOfList(key), nonce);
  const encrypted = [cipher.update(list, "utf8"), cipher.final()];
  return JSON.stringify(Buffer.concat([nonce, cipher.getAuthTag(), ...encrypted]).toString("base64"));
}

/** Returns the list that was written, or null if it is another key's, was changed, or is erased in part. */
export function unsealList(written: string, key: StoreKey | null): string | null {
  if (key === null) return written.startsWith("{") ? written : null;
  const bytes = Buffer.from(written, "base64");
  const encryptedAt = nonceBytes + tagBytes;
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOfList(key), bytes.subarray(0, nonceBytes));
    decipher.setAuthTag(bytes.subarray(nonceBytes, encryptedAt));
    return Buffer.concat([decipher.update(bytes.subarray(encryptedAt)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** Writes the list with another key, or without one, and erases it as it was. Throws the file system's error. */
export function convertList(home: string, from: StoreKey | null, to: StoreKey | null): void {
  const file = readOwnFileSync(listFile(home, from !== null), mostListBytes);
  const list = file.state === "read" ? unsealList(file.text, from) : null;
  if (list !== null) {
    const path = listFile(home, to !== null);
    writeOwnFileSync(path, sealList(list, to));
    syncPath(path);
    syncFolderNow(home);
  }
  eraseList(home, from !== null);
}

/** Throws the file system's error. */
export function eraseList(home: string, isEncrypted: boolean): void {
  for (const path of listFiles(home, isEncrypted)) overwriteFile(path);
}

/** Returns the files with the list, also those of which a killed process has not completed the writing. */
export function listFiles(home: string, isEncrypted: boolean): string[] {
  const own = basename(listFile(home, isEncrypted));
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isFile() && (entry.name === own || entry.name.startsWith(`${own}.`)))
    .map(({ name }) => join(home, name));
}

const keyOfList = (key: StoreKey): Buffer =>
  Buffer.from(hkdfSync("sha256", Buffer.from(key, "hex"), "", "the chats of the last import", 32));
