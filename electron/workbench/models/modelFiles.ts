import { createHash } from "node:crypto";
import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { withinMs } from "../withinMs.ts";

/** A model on disk: one file, or the first part of a split model. */
export interface ModelFile {
  path: string;
  /** All its files, including the named one. */
  paths: string[];
}

/** A model file that was found in a folder. */
export interface FoundModelFile extends ModelFile {
  /** Its path with all links resolved. */
  real: string;
  /** Whether it was reached through a link, so that the file itself is elsewhere. */
  isLinked: boolean;
}

const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
const usualDepth = 4;
const maxEntries = 20_000;
/** In milliseconds. A network drive that is asleep or disconnected may never respond. */
const diskLimitMs = 3000;

/**
 * Resolves with the models below a folder, sorted by path. Links are followed, and each real file and folder counts
 * once. A folder that is missing or unreadable counts as empty.
 */
export async function findModelFiles(folder: string, maxDepth = usualDepth): Promise<FoundModelFile[]> {
  const found = await findGgufPaths(folder, maxDepth);
  const sets = new Map<string, string[]>();
  for (const path of [...found.keys()].toSorted()) {
    const key = splitKey(path) ?? path;
    sets.set(key, [...(sets.get(key) ?? []), path]);
  }
  return [...sets.values()].map((paths) => {
    const [path = ""] = paths;
    const isLinked = paths.some((each) => found.get(each)?.isLinked === true);
    return { path, paths, real: found.get(path)?.real ?? path, isLinked };
  });
}

/** Resolves with the files of the model that `path` belongs to, for a path that the user chose. */
export async function modelFileAt(path: string): Promise<ModelFile> {
  const key = splitKey(path);
  if (key === null) return { path, paths: [path] };
  const siblings = await readdir(join(path, "..")).catch(() => []);
  const paths = siblings.map((name) => join(path, "..", name)).filter((sibling) => splitKey(sibling) === key);
  return { path, paths: paths.length === 0 ? [path] : paths.toSorted() };
}

/** Resolves with the first file of the model that `path` belongs to, or with `path` itself if that one is missing. */
export async function firstFileOf(path: string): Promise<string> {
  const [first = path] = (await modelFileAt(path)).paths;
  return Number(partName.exec(first)?.[2] ?? 1) === 1 ? first : path;
}

/**
 * Resolves with a key from size and time, which survives a move. Rejects if a file is missing or its disk does not
 * respond.
 */
export async function fingerprint({ paths }: ModelFile): Promise<string> {
  const stats = await Promise.all(paths.map((path) => statInTime(path)));
  return stats.map(({ size, mtimeMs }) => `${size}@${mtimeMs}`).join("+");
}

/** Some file systems keep times in steps of two seconds, so that a moved file may have a slightly different one. */
const timeStepMs = 2000;

/** Returns whether two fingerprints are those of the same file, which may have been moved to another disk. */
export function isSameFingerprint(one: string, other: string): boolean {
  const [ones, others] = [one, other].map((print) => print.split("+").map((part) => part.split("@")));
  if (ones === undefined || others === undefined || ones.length !== others.length) return one === other;
  return ones.every(([size, time], index) => {
    const [otherSize, otherTime] = others[index] ?? [];
    return size === otherSize && (time === otherTime || Math.abs(Number(time) - Number(otherTime)) <= timeStepMs);
  });
}

/**
 * Resolves with a stricter key for data that must never apply to another file. It includes the inode and the time of
 * the last status change, which a program that swaps files cannot set.
 */
export async function exactFingerprint({ paths }: ModelFile): Promise<string> {
  const stats = await Promise.all(paths.map((path) => inTime(stat(path, { bigint: true }))));
  return stats.map(({ size, mtimeNs, ino, ctimeNs }) => `${size}@${mtimeNs}#${ino}@${ctimeNs}`).join("+");
}

export async function sizeBytesOf({ paths }: ModelFile): Promise<number> {
  const stats = await Promise.all(paths.map((path) => statInTime(path).catch(() => null)));
  return stats.reduce((sum, each) => sum + (each?.size ?? 0), 0);
}

/**
 * Resolves with the total size, or null unless every file of the model, after all links, is a nonempty regular file.
 */
export async function regularSizeBytes({ paths }: ModelFile): Promise<number | null> {
  let bytes = 0;
  for (const path of paths) {
    const stats = await statInTime(path).catch(() => null);
    if (stats === null || !stats.isFile() || stats.size === 0) return null;
    bytes += stats.size;
  }
  return bytes;
}

async function statInTime(path: string): Promise<Stats> {
  return await inTime(stat(path));
}

async function inTime<Value extends object | string>(answer: Promise<Value>): Promise<Value> {
  const value = await withinMs(answer, diskLimitMs);
  if (value !== null) return value;
  throw new WorkbenchError("model-file-unreadable", { case: "silentDisk", milliseconds: diskLimitMs });
}

/** Resolves with the path after all links, or with the path itself if that cannot be determined in time. */
export async function realPathOf(path: string): Promise<string> {
  return await inTime(realpath(path)).catch(() => path);
}

/** Returns the file name without its extension and part number. */
export function modelFileName(path: string): string {
  const name = basename(path);
  return partName.exec(name)?.[1] ?? name.replace(/\.gguf$/i, "");
}

/** Returns "deepseek-r1-7b" for "DeepSeek R1 (7B).gguf". If a name is given, it is used instead of the file's. */
export function modelSlug(path: string, name: string = modelFileName(path)): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 50);
  return slug === "" ? `model-${pathHash(path)}` : slug;
}

/** Returns six characters that distinguish files with the same name. */
export function pathHash(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 6);
}

function splitKey(path: string): string | null {
  const match = partName.exec(path);
  return match === null ? null : `${match[1]}*${match[3]}`;
}

interface Place {
  path: string;
  /** The path with all links resolved. */
  real: string;
  isLinked: boolean;
  depth: number;
}

/** Resolves with the files found, by path. A file in the folder takes precedence over a link to it. */
async function findGgufPaths(folder: string, maxDepth: number): Promise<Map<string, Place>> {
  const found = new Map<string, Place>();
  const seen = new Set<string>();
  const folders: Place[] = [{ path: folder, real: await realPathOf(folder), isLinked: false, depth: 0 }];
  const links: Place[] = [];
  let entriesSeen = 0;
  const add = (place: Place): void => {
    if (!/\.gguf$/i.test(place.path) || seen.has(place.real)) return;
    seen.add(place.real);
    found.set(place.path, place);
  };
  for (;;) {
    const current = folders.shift();
    if (current === undefined) {
      const link = links.shift();
      if (link === undefined) return found;
      const linked = { ...link, real: await realPathOf(link.path), isLinked: true };
      const stats = await statInTime(link.path).catch(() => null);
      if (stats?.isDirectory() === true) folders.push(linked);
      else add(linked);
      continue;
    }
    if (current.depth >= maxDepth || seen.has(current.real)) continue;
    seen.add(current.real);
    for (const entry of await entriesOf(current.path)) {
      if (++entriesSeen > maxEntries) return found;
      if (entry.name.startsWith(".")) continue;
      const { isLinked, depth } = current;
      const place = {
        path: join(current.path, entry.name),
        real: join(current.real, entry.name),
        isLinked,
        depth: depth + 1,
      };
      if (entry.isSymbolicLink()) links.push(place);
      else if (entry.isDirectory()) folders.push(place);
      else add(place);
    }
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return await readdir(folder, { withFileTypes: true }).catch(() => []);
}
