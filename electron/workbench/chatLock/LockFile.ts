import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { WorkbenchError } from "../../contract/errors.ts";
import { encryptedStoreFile } from "../chats/storeFile.ts";
import { readJsonFileSync } from "../home/readJsonFile.ts";
import { syncFolder, writeFileAtomic } from "../home/writeFileAtomic.ts";
import { passphraseKeySchema, wrappedKeySchema } from "./wrapKey.ts";

/**
 * Where the chats are:
 * - `encrypting`: in the plain store. An encrypted one is being written, and can be deleted.
 * - `encrypted`: in the encrypted store. With `isErasing`, the plain one is to be erased, and plain backups are to be encrypted.
 *   Otherwise, an earlier version of the app has written what is plain: it knows nothing of encrypted chats and begins new ones.
 * - `decrypting`: in the encrypted store. A plain one is being written, and can be deleted.
 * - `decrypted`: in the plain store. Encrypted backups are to be decrypted; then this file is deleted.
 */
export const lockStages = ["encrypting", "encrypted", "decrypting", "decrypted"] as const;
export type LockStage = (typeof lockStages)[number];

const schema = z
  .strictObject({
    version: z.literal(1),
    /** Names the key. A new one has another id. */
    id: z.uuid(),
    stage: z.enum(lockStages),
    isErasing: z.literal(true).optional(),
    /** The key, wrapped by what opens the chats. */
    passphrase: passphraseKeySchema.nullable(),
    /** The system's keychain has what unwraps this one. */
    keychain: wrappedKeySchema.nullable(),
  })
  .refine(({ passphrase, keychain }) => passphrase !== null || keychain !== null);

export type LockRecord = z.output<typeof schema>;

const maxBytes = 10_000;
const lockFile = (home: string): string => join(home, "chat-lock.json");

/**
 * Returns what the home says about the lock, or null if the chats are not encrypted. Throws `chat-lock-unreadable` if the
 * file is damaged, a newer app's, or not beside encrypted chats: then nobody may take them for plain ones, or begin new ones.
 */
export function readLockFile(home: string): LockRecord | null {
  const file = readJsonFileSync(lockFile(home), z.looseObject({ version: z.unknown() }), maxBytes);
  if (file.state === "absent") {
    // The file is written before the encrypted store, and deleted after it.
    if (existsSync(encryptedStoreFile(home))) throw unreadable("missing", "no chat-lock.json");
    return null;
  }
  if (file.state === "damaged") throw unreadable("damaged", file.reason);
  const { version } = file.value;
  if (typeof version === "number" && version > 1) throw unreadable("newer", `version ${version}`);
  const record = schema.safeParse(file.value);
  if (!record.success) throw unreadable("damaged", record.error.message);
  return record.data;
}

/**
 * Replaces what the home says about the lock: once it resolves, that is on the disk. Keeps no copy of the content before,
 * because an earlier passphrase must not open the chats. Rejects with the file system's error.
 */
export async function writeLockFile(home: string, record: LockRecord): Promise<void> {
  await writeFileAtomic(lockFile(home), `${JSON.stringify(schema.parse(record), null, 2)}\n`);
}

/** Says that the chats are not encrypted. Rejects with the file system's error. */
export async function removeLockFile(home: string): Promise<void> {
  await rm(lockFile(home), { force: true });
  await syncFolder(dirname(lockFile(home)));
}

const unreadable = (which: "damaged" | "missing" | "newer", detail: string): WorkbenchError =>
  new WorkbenchError("chat-lock-unreadable", { case: which }, detail);
