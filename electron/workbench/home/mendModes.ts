import type { Stats } from "node:fs";
import { chmod, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Beside the app's files a person may keep other things in the home folder; those are not ours to change. */
const ownFile =
  /^((settings|secrets|window|inspections|model-use|model-choices|model-hashes|tunings|engine-probes|catalog-sizes|speed-trials|machine-speeds)\.json(\..+)?|speed-trial-\d+\.gguf)$/;
const ownFolder = /^(store|quarantine|models|benchmarks|browser|logs)$/;
/** What Electron and Chromium put beside them. */
const chromiums =
  /^(Crashpad|Crash Reports|Dictionaries|Local State|Preferences|lockfile|Singleton\w+|blob_storage|(\w+ )?\w*Cache|Local Storage|Session Storage|\.org\.chromium\..+)$/;

/**
 * Makes what an earlier release wrote readable for its owner alone: files 0600, folders 0700. Follows no link, and
 * leaves alone what is another user's, or a file that lies under another name elsewhere too. Never fails.
 */
export async function mendModes(home: string): Promise<void> {
  if (process.platform === "win32") return;
  for (const name of await readdir(home).catch(() => [])) {
    if (ownFile.test(name) || ownFolder.test(name) || chromiums.test(name)) await mend(join(home, name));
  }
}

async function mend(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null || found.isSymbolicLink()) return;
  const wanted = modeToSet(found);
  if (wanted !== null) await chmod(path, wanted).catch(() => undefined);
  if (!found.isDirectory()) return;
  for (const name of await readdir(path).catch(() => [])) await mend(join(path, name));
}

/** Null: it is as it should be, or not ours to change. */
function modeToSet(found: Stats): number | null {
  const isLinkedElsewhere = !found.isDirectory() && found.nlink > 1;
  if (isLinkedElsewhere || found.uid !== process.getuid?.()) return null;
  const wanted = found.isDirectory() ? 0o700 : 0o600;
  return (found.mode & 0o7777) === wanted ? null : wanted;
}
