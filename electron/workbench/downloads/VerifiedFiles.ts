import { stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { readJsonFileSync, readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const entrySchema = z.object({
  sha256: z.string(),
  verified: z.boolean(),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  /** The writer of a file can set its size and modification time. The file system sets these two. */
  inode: z.string().optional(),
  changedNs: z.string().optional(),
});
const fileSchema = z.record(z.string(), entrySchema);
type Entry = z.output<typeof entrySchema>;

const fileName = ".verified.json";
const maxFileBytes = 10_000_000;

/** What is known about a downloaded file in the models folder. */
export interface DownloadedFile {
  /** The hash that it had when it was downloaded. */
  sha256: string;
  /** Whether the hub stated a hash and the file was compared with it. */
  verified: boolean;
  /** Whether size, times and inode show that it has not been written or replaced since. */
  isUntouched: boolean;
}

/** Stores the hash of a file in the models folder, valid until the file is changed. */
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

/** Resolves with what is known about a file, or null if it was not downloaded here or no longer exists. */
export async function downloadedFile(modelsFolder: string, path: string): Promise<DownloadedFile | null> {
  // Only downloaded files have entries.
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

/** Resolves with the SHA-256 that a file had when it was downloaded, or null if unknown or changed since. */
export async function knownHash(modelsFolder: string, path: string): Promise<string | null> {
  const file = await downloadedFile(modelsFolder, path);
  return file?.isUntouched === true ? file.sha256 : null;
}

/**
 * Stores what is known about the files of one folder for their copies in another one. A file that was changed since it
 * was downloaded is checked before its copy is used, as it would have been.
 */
export async function carryVerified(from: string, to: string): Promise<void> {
  const entries = await read(from);
  for (const [key, entry] of Object.entries(entries)) {
    const known = await downloadedFile(from, join(from, key));
    const marks = known?.isUntouched === true ? await marksOf(join(to, key)).catch(() => null) : null;
    if (marks !== null) entries[key] = { ...entry, ...marks };
  }
  if (Object.keys(entries).length > 0) await writeFileAtomic(join(to, fileName), JSON.stringify(entries));
}

/** Returns the names, from the models folder downwards, of the files that were downloaded into it. */
export function verifiedPaths(modelsFolder: string): string[][] {
  const kept = readJsonFileSync(join(modelsFolder, fileName), fileSchema, maxFileBytes);
  return kept.state === "read" ? Object.keys(kept.value).map((key) => key.split("/")) : [];
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

function read(modelsFolder: string): Promise<Record<string, Entry>> {
  return readJsonOr(join(modelsFolder, fileName), fileSchema, maxFileBytes, {});
}

const keyOf = (modelsFolder: string, path: string): string => relative(modelsFolder, path).split(sep).join("/");
