import { sep } from "node:path";

/** Returns the folder of a packaged app that has all of its packages, or null if this file is in no packaged app. */
export function packageFolder(file: string): string | null {
  const [before, inside] = file.split(`${sep}app.asar.unpacked${sep}`, 2);
  return inside === undefined ? null : `${before}${sep}app.asar.unpacked`;
}
