import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "./writeFileAtomic.ts";

/** Present from the moment at which the user confirmed that everything is erased, until it is. */
export const eraseJournal = (home: string): string => join(home, "erasing.json");

/** Returns whether everything in this home is being erased. */
export const isErasing = (home: string): boolean => existsSync(eraseJournal(home));

/** Records that everything is to be erased at the next start, before anything else is opened. */
export const beginErasing = (home: string): Promise<void> => writeFileAtomic(eraseJournal(home), "{}");
