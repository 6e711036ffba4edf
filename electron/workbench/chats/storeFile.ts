import { join } from "node:path";
import type { StoreKey } from "../sqlite/StoreKey.ts";

/**
 * Returns the path of the database that has the chats of a home. The encrypted one has another name, because an earlier
 * version of the app would take it for a damaged one and move it away.
 */
export const storeFile = (home: string, key: StoreKey | null): string =>
  join(home, "store", key === null ? "chats.db" : "chats-encrypted.db");
