import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/*
 * Whatever lies in the home goes through readOwnFile, readJsonFile, writeFileAtomic and writeOwnFileSync: Node's own
 * functions wait at pipes, follow links and read without an end.
 */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const unbounded =
  /\b(readFile|readFileSync|writeFile|writeFileSync|appendFile|appendFileSync|copyFile|copyFileSync|createReadStream|createWriteStream)\b/g;

/** Files outside the home: the app's own resources, the system's files, a file that the user has just chosen. */
const allowed: Record<string, string[]> = {
  "electron/workbench/appVersion.ts": ["readFile"],
  "electron/workbench/catalog/catalogFile.ts": ["readFile"],
  "electron/workbench/hardware/systemFiles.ts": ["readFile"],
  "electron/workbench/benchmark/machineTimes.ts": ["readFileSync"],
  "electron/main/licences.ts": ["readFile"],
  "electron/main/pageFiles.ts": ["readFile"],
  "electron/main/saveFile.ts": ["writeFile"],
  "electron/main/preview/savePage.ts": ["writeFile"],
  // Of the app itself.
  "electron/main/preview/PreviewLibraries.ts": ["readFile"],
  // A file of the size that the signed release states.
  "electron/main/copyVerified.ts": ["copyFile"],
  // Of the app itself.
  "electron/workbench/updates/UpdateSource.ts": ["readFileSync"],
  "electron/cli/r1.ts": ["readFile"],
  "electron/cli/readText.ts": ["createReadStream"],
  // Appends to a descriptor that was opened without following a link.
  "electron/workbench/home/AppendFile.ts": ["appendFileSync"],
  // Copies a database that was found to be a regular file.
  "electron/workbench/doctor/checkStore.ts": ["copyFile"],
  // Copies a backup that was listed as a regular file.
  "electron/workbench/backups/openCopy.ts": ["copyFileSync"],
  // Of the app itself.
  "electron/workbench/components/ComponentRelease.ts": ["readFileSync"],
  // Unpacks at most the bytes that the release lists, until the download is cancelled.
  "electron/workbench/components/unpackPiece.ts": ["createReadStream"],
  // A file that the user has chosen, found to be a regular one.
  "electron/workbench/imports/readImport.ts": ["createReadStream"],
  // Creates a file with a random name, or fails.
  "electron/workbench/home/writeOwnFileSync.ts": ["writeFileSync"],
};

async function importedFrom(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8");
  const imports = text.matchAll(/import\s*\{([^}]*)\}\s*from\s*"node:fs(?:\/promises)?"/g);
  return [...imports].flatMap(([, names = ""]) => [...names.matchAll(unbounded)].map(([name]) => name));
}

test("no file in the home is read or written without a limit", async () => {
  const found: Record<string, string[]> = {};
  let files = 0;
  for (const room of ["main", "workbench", "cli"]) {
    const folder = join(root, "electron", room);
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.m?ts$/.test(entry.name)) continue;
      files++;
      const path = join(entry.parentPath, entry.name);
      const text = await readFile(path, "utf8");
      // Only named imports, so that the check below sees them.
      expect(text, path).not.toMatch(
        /import\s+(\*\s+as\s+)?\w+\s+from\s*"(node:)?fs(\/promises)?"|from\s*"fs(\/promises)?"/,
      );
      const names = await importedFrom(path);
      if (names.length > 0) found[relative(root, path).split(sep).join("/")] = names;
    }
  }
  expect(files).toBeGreaterThan(100);
  expect(found).toEqual(allowed);
});
