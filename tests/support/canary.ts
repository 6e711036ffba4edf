import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Returns everything below a folder by path, byte for byte, leaving out `except`. */
export function snapshot(folder: string, except: string): Record<string, string> {
  const found: Record<string, string> = {};
  const look = (path: string): void => {
    if (path === except) return;
    const stats = lstatSync(path);
    const what = stats.isSymbolicLink()
      ? `link to ${readlinkSync(path)}`
      : stats.isDirectory()
        ? "folder"
        : createHash("sha256").update(readFileSync(path)).digest("hex");
    found[relative(folder, path)] = `${what} ${stats.mode.toString(8)} ${stats.mtimeMs}`;
    if (stats.isDirectory()) for (const name of readdirSync(path)) look(join(path, name));
  };
  look(folder);
  return found;
}

/** Creates a home surrounded by files that nothing may change. */
export function surroundedHome(folder: string): { home: string; outside: string; modelsFolder: string } {
  const home = join(folder, "user", "home");
  const outside = join(folder, "outside");
  for (const each of [home, outside, join(folder, "owner", "model-GGUF"), join(folder, "user", "owner")]) {
    mkdirSync(each, { recursive: true });
    writeFileSync(join(each, "canary.gguf"), `Do not touch ${relative(folder, each)}.`);
  }
  const modelsFolder = join(home, "models");
  mkdirSync(modelsFolder);
  return { home, outside, modelsFolder };
}
