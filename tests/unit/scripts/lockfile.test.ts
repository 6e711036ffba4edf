import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

interface LockedPackage {
  version?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

// A registry may offer a version only for some platforms. npm then silently omits the others from the lockfile, and
// `npm ci` fails on every platform.
test("one lockfile serves all platforms: every package it mentions is in it, with its hash", async () => {
  const lockfile = new URL("../../../package-lock.json", import.meta.url);
  const { packages } = JSON.parse(await readFile(lockfile, "utf8")) as { packages: Record<string, LockedPackage> };
  const missing: string[] = [];
  for (const [path, { dependencies, optionalDependencies }] of Object.entries(packages)) {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!foldersFrom(path).some((folder) => `${folder}node_modules/${name}` in packages)) missing.push(name);
    }
  }
  expect(missing).toEqual([]);
  const withoutHash = Object.entries(packages).filter(([path, { integrity }]) => path !== "" && !integrity);
  expect(withoutHash.map(([path]) => path)).toEqual([]);
});

/** Returns where Node looks for a package that the one at `path` imports: in it, then in each parent folder. */
function foldersFrom(path: string): string[] {
  const folders = [""];
  for (
    let at = path;
    at !== "";
    at = at.includes("/node_modules/") ? at.slice(0, at.lastIndexOf("/node_modules/")) : ""
  ) {
    folders.push(`${at}/`);
  }
  return folders;
}
