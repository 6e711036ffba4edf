import { stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const entrySchema = z.object({
  sha256: z.string(),
  verified: z.boolean(),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  /** Size and time of modification are set by whoever writes; these two the file system sets. */
  inode: z.string().optional(),
  changedNs: z.string().optional(),
});
const fileSchema = z.record(z.string(), entrySchema);
type Entry = z.output<typeof entrySchema>;

const fileName = ".verified.json";
const maxFileBytes = 10_000_000;

/** What is known of a file in the models folder that was downloaded here. */
export interface DownloadedFile {
  /** When it was downloaded. */
  sha256: string;
  /** It was compared with the hash that the hub stated; false: the hub stated none. */
  verified: boolean;
  /** Nobody has written or replaced it since, as far as size, times and inode tell. */
  isUntouched: boolean;
}

/** Remembers what a file in the models folder hashed to, for as long as nobody touches it. */
export async function rememberVerified(
  modelsFolder: string,
  path: string,
  sha256: string,
  verified: boolean,
): Promise<void> {
  const entry: Entry = { sha256, verified, ...(await marksOf(path)) };
  const entries = { ...(await read(modelsFolder)), [keyOf(modelsFolder, path)]: entry };
  await writeFileAtomic(join(modelsFolder, fileName), JSON.stringify(entries));
}

/** Null: it was not downloaded here, or is not there any more. */
export async function downloadedFile(modelsFolder: string, path: string): Promise<DownloadedFile | null> {
  // Only what was downloaded can be known.
  if (!path.startsWith(modelsFolder)) return null;
  const entries = await read(modelsFolder);
  const key = keyOf(modelsFolder, path);
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
  const marks = entry === undefined ? null : await marksOf(path).catch(() => null);
  if (entry === undefined || marks === null) return null;
  const names = ["sizeBytes", "modifiedMs", "inode", "changedNs"] as const;
  const isUntouched = names.every((name) => entry[name] === marks[name]);
  return { sha256: entry.sha256, verified: entry.verified, isUntouched };
}

/** True, it had the hub's hash; false, the hub stated none; null, nothing is known, or it was touched since. */
export async function isVerified(modelsFolder: string, path: string): Promise<boolean | null> {
  const file = await downloadedFile(modelsFolder, path);
  return file?.isUntouched === true ? file.verified : null;
}

/** The SHA-256 a file had when it was downloaded; null: not known, or the file was touched since. */
export async function knownHash(modelsFolder: string, path: string): Promise<string | null> {
  const file = await downloadedFile(modelsFolder, path);
  return file?.isUntouched === true ? file.sha256 : null;
}

async function marksOf(path: string): Promise<Omit<Entry, "sha256" | "verified">> {
  const { size, mtimeNs, ino, ctimeNs } = await stat(path, { bigint: true });
  return {
    sizeBytes: Number(size),
    modifiedMs: Number(mtimeNs) / 1e6,
    inode: String(ino),
    changedNs: String(ctimeNs),
  };
}

async function read(modelsFolder: string): Promise<Record<string, Entry>> {
  const kept = await readJsonFile(join(modelsFolder, fileName), fileSchema, maxFileBytes);
  return kept.state === "read" ? kept.value : {};
}

const keyOf = (modelsFolder: string, path: string): string => relative(modelsFolder, path).split(sep).join("/");
