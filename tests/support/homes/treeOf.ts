import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Returns every file, folder and link below a folder, with modes, times and hashes, to show that nothing changed. */
export function treeOf(folder: string, path = ""): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .toSorted((one, other) => one.name.localeCompare(other.name, "en"))
    .flatMap((entry) => {
      const own = join(path, entry.name);
      const { mode, mtimeMs } = lstatSync(join(folder, own));
      const facts = `${own} ${mode.toString(8)} ${mtimeMs}`;
      if (entry.isDirectory()) return [facts, ...treeOf(folder, own)];
      if (entry.isSymbolicLink()) return [`${facts} ${readlinkSync(join(folder, own))}`];
      const content = entry.isFile() ? readFileSync(join(folder, own)) : "";
      return [`${facts} ${createHash("sha256").update(content).digest("hex")}`];
    });
}
