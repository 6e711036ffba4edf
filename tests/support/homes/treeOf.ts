import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Returns a folder and everything below it, with modes, times and hashes, to show that nothing changed. What lies at the
 * path `except` is left out.
 */
export function treeOf(folder: string, except?: string): string[] {
  const look = (path: string): string[] => {
    if (path === except) return [];
    const stats = lstatSync(path);
    const facts = `${relative(folder, path)} ${stats.mode.toString(8)} ${stats.mtimeMs}`;
    if (stats.isDirectory()) return [facts, ...readdirSync(path).toSorted().flatMap((name) => look(join(path, name)))];
    if (stats.isSymbolicLink()) return [`${facts} ${readlinkSync(path)}`];
    const content = stats.isFile() ? readFileSync(path) : "";
    return [`${facts} ${createHash("sha256").update(content).digest("hex")}`];
  };
  return look(folder);
}
