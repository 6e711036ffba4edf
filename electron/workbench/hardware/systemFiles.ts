import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The small text files of /proc, /sys and /etc below a root, which tests replace. */
export interface SystemFiles {
  /** Trimmed; null when it is not there or may not be read. */
  text(path: string): Promise<string | null>;
  /** Names in a folder, in order; none when it is not there. */
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
