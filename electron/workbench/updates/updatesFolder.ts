import { join } from "node:path";
import { ownSubfolder } from "../home/homeEntries.ts";

/** Returns the folder for updates that were fetched. Everything in it is the app's, and is deleted at the next start. */
export const updatesFolder = (home: string): string => join(home, "updates", ownSubfolder);
