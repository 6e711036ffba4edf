import { basename, join } from "node:path";
import { encryptedStoreFile } from "../chats/storeFile.ts";
import { namesIn } from "../home/namesIn.ts";

/** Returns how many stores and backups that are not encrypted were set aside in a home. */
export function plainSetAside(home: string): number {
  const shelf = join(home, "quarantine");
  const encrypted = basename(encryptedStoreFile(home));
  const databases = namesIn(shelf).flatMap((folder) =>
    namesIn(join(shelf, folder)).filter((name) => name.endsWith(".db")),
  );
  return databases.filter((name) => name !== encrypted).length;
}
