import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Reads the small text files of /proc, /sys and /etc below a root, which tests replace. */
export interface SystemFiles {
  /** Resolves with the trimmed text, or null if the file is missing or not readable. */
  text(path: string): Promise<string | null>;
  /** Resolves with the sorted names in a folder, or none if it is missing. */
  names(path: string): Promise<string[]>;
}

export function systemFiles(root = "/"): SystemFiles {
  return {
    text: (path) =>
      readFile(join(root, path), "utf8").then(
        (text) => text.trim(),
        () => null,
      ),
    names: (path) =>
      readdir(join(root, path)).then(
        (names) => names.toSorted(),
        () => [],
      ),
  };
}
