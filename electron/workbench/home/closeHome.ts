import { chmodSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { relative, resolve, sep } from "node:path";

/** Restricts the home folder, and so everything in it, to its owner. Folders that are shared are left as they are. */
export function closeHome(home: string): void {
  if (process.platform === "win32") return;
  const { mode, uid } = statSync(home);
  if ((mode & 0o777) === 0o700 || uid !== process.getuid?.() || isShared(home, mode)) return;
  try {
    chmodSync(home, 0o700);
  } catch {
    // The file system has no modes, for example on a memory stick.
  }
}

/** Returns whether the folder is shared, such as /tmp, or contains the user's home directory. */
function isShared(home: string, mode: number): boolean {
  const toHome = relative(resolve(home), homedir());
  const holdsHomeFolder = toHome !== ".." && !toHome.startsWith(`..${sep}`);
  return (mode & 0o1000) !== 0 || holdsHomeFolder;
}
