import { homedir, hostname, userInfo } from "node:os";

/** Returns the names that a bug report must not contain: of the machine, the user, and the user's folders. */
export function personalNames(home: string): string[] {
  const names = [hostname(), homedir(), home];
  try {
    names.push(userInfo().username);
  } catch {
    // A user without an entry has no name to remove.
  }
  return names;
}
