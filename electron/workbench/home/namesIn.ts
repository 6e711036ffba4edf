import { readdirSync } from "node:fs";

/** Returns the names of the files and folders in a folder, or none if it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
