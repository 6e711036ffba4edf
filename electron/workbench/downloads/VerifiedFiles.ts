import { stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../readJsonFile.ts";
import { writeFileAtomic } from "../writeFileAtomic.ts";

const fileSchema = z.record(
  z.string(),
  z.object({ sha256: z.string(), sizeBytes: z.number(), modifiedMs: z.number(), verified: z.boolean() }),
);
type Entries = z.output<typeof fileSchema>;

const fileName = ".verified.json";
const maxFileBytes = 10_000_000;

/** Remembers that a file in the models folder had the hub's hash, as long as its size and time stay the same. */
export async function rememberVerified(
  modelsFolder: string,
  path: string,
  sha256: string,
  verified: boolean,
): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  const entries = await read(modelsFolder);
  entries[keyOf(modelsFolder, path)] = { sha256, sizeBytes: size, modifiedMs: mtimeMs, verified };
  await writeFileAtomic(join(modelsFolder, fileName), JSON.stringify(entries));
}

/** What is known of a file: true, it had the hub's hash; false, the hub stated none; null, nothing. */
export async function isVerified(modelsFolder: string, path: string): Promise<boolean | null> {
  const entry = await entryOf(modelsFolder, path);
  return entry?.verified ?? null;
}

/** The SHA-256 a file had when it was downloaded; null: not known, or the file changed since. */
export async function knownHash(modelsFolder: string, path: string): Promise<string | null> {
  return (await entryOf(modelsFolder, path))?.sha256 ?? null;
}

async function entryOf(modelsFolder: string, path: string): Promise<Entries[string] | null> {
  // Only what was downloaded can be known.
  if (!path.startsWith(modelsFolder)) return null;
  const entries = await read(modelsFolder);
  const key = keyOf(modelsFolder, path);
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (entry === undefined) return null;
  const found = await stat(path).catch(() => null);
  return found !== null && found.size === entry.sizeBytes && found.mtimeMs === entry.modifiedMs ? entry : null;
}

async function read(modelsFolder: string): Promise<Entries> {
  const kept = await readJsonFile(join(modelsFolder, fileName), fileSchema, maxFileBytes);
  return kept.state === "read" ? kept.value : {};
}

const keyOf = (modelsFolder: string, path: string): string => relative(modelsFolder, path).split(sep).join("/");
