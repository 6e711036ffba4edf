import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Returns the files of a home, with their paths in it, that have the words as text in UTF-8 or UTF-16. */
export function filesWith(home: string, words: string): string[] {
  const forms = [Buffer.from(words), Buffer.from(words, "utf16le")];
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)))
    .map((path) => path.slice(home.length + 1));
}
