import { chmodSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { relative, resolve, sep } from "node:path";

/** Closes the home folder to everybody but its owner, and with it all that is in it. A folder of others stays open. */
export function closeHome(home: string): void {
  if (process.platform === "win32") return;
  const { mode, uid } = statSync(home);
  if ((mode & 0o777) === 0o700 || uid !== process.getuid?.() || isShared(home, mode)) return;
  try {
    chmodSync(home, 0o700);
  } catch {
    // A file system without modes, such as that of a memory stick.
  }
}

/** A folder for everybody, such as /tmp, or one that holds the person's whole home folder. */
function isShared(home: string, mode: number): boolean {
  const toHome = relative(resolve(home), homedir());
  const holdsHomeFolder = toHome !== ".." && !toHome.startsWith(`..${sep}`);
  return (mode & 0o1000) !== 0 || holdsHomeFolder;
}
