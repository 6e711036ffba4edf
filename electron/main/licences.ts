import { readFile } from "node:fs/promises";
import type { Licence } from "../contract/shell.ts";

/** Resolves with the licences that the build collected, or with none if their file is missing. */
export async function licences(file: string): Promise<Licence[]> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Licence[];
  } catch {
    return [];
  }
}
