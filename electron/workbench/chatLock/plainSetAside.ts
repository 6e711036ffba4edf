import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { storeFile } from "../chats/storeFile.ts";
import { namesIn } from "../home/namesIn.ts";

/** Returns how many stores that are not encrypted were set aside in a home. */
export function plainSetAside(home: string): number {
  const shelf = join(home, "quarantine");
  const name = basename(storeFile(home, null));
  return namesIn(shelf).filter((folder) => existsSync(join(shelf, folder, name))).length;
}
