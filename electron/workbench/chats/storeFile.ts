import { join } from "node:path";
import type { StoreKey } from "../sqlite/StoreKey.ts";

/**
 * Returns the path of the database that has the encrypted chats of a home. It has another name, because an earlier version
 * of the app would take it for a damaged one and move it away.
 */
export const encryptedStoreFile = (home: string): string => join(home, "store", "chats-encrypted.db");

/** Returns the path of the database that has the chats of a home. */
export const storeFile = (home: string, key: StoreKey | null): string =>
  key === null ? join(home, "store", "chats.db") : encryptedStoreFile(home);
