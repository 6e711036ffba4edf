import { join } from "node:path";

/** Returns the path of the database that has the chats of a home. */
export const storeFile = (home: string): string => join(home, "store", "chats.db");
