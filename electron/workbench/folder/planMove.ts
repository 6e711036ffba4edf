import { randomUUID } from "node:crypto";
import { lstat, mkdir, realpath, rmdir, stat, statfs, symlink, unlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { MovePlan } from "../../contract/folder.ts";
import { type FactsByCode, WorkbenchError } from "../../contract/errors.ts";
import { makeFolder } from "../home/makeFolder.ts";
import { diskSpace } from "../models/diskSpace.ts";
import { findModelFiles, sizeBytesOf } from "../models/modelFiles.ts";
import { type CurrentFolder, currentFolder, folderName, folderPlaces, isFolder, isThere } from "./folderPlaces.ts";
import { folderTree, type TreeEntry } from "./folderTree.ts";
import { expectNoDownload } from "./moveLock.ts";

/** Linux's number of the file system FAT, which holds no file of 4 GiB. Others report that while it is written. */
const fatType = 0x4d44;
const fatLimitBytes = 2 ** 32;

/**
 * Resolves with what moving the models would do: into a folder of the app's own below `chosen`, or for null back into
 * the home. Moves nothing. Rejects with `models-move-refused`.
 */
export async function planMove(home: string, chosen: string | null, reserveBytes: number): Promise<MovePlan> {
  const { models, old, back } = folderPlaces(home);
  const current = await currentFolder(home);
  for (const leftOver of [old, back]) if (await isThere(leftOver)) throw refused("leftOver", leftOver);
  if (chosen === null) {
    if (current.kind === "home") throw refused("alreadyThere", models);
    return await planInto(home, current, back, reserveBytes);
  }
  const parent = await realpath(chosen).catch(() => chosen);
  if (!(await isFolder(parent))) throw refused("notWritable", chosen);
  if (await isInside(parent, home)) throw refused("insideHome", chosen);
  const real = await realpath(current.path).catch(() => current.path);
  if (parent === real || (dirname(real) === parent && basename(real).startsWith(folderName))) {
    throw refused("alreadyThere", real);
  }
  if (current.kind !== "missing" && (await isInside(parent, real))) throw refused("insideItself", chosen);
  const known = await ownFolderWithModels(parent);
  if (known !== null && (await isEmpty(current))) {
    const sizes = await Promise.all(known.files.map((file) => sizeBytesOf(file)));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const { freeBytes } = await diskSpace(known.path);
    const found = { files: known.files.length, bytes, freeBytes, isOpenToOthers: false };
    return { id: randomUUID(), kind: "use", from: current.path, to: known.path, ...found };
  }
  return await planInto(home, current, join(parent, await freeName(parent)), reserveBytes);
}

async function planInto(home: string, current: CurrentFolder, to: string, reserveBytes: number): Promise<MovePlan> {
  const { models } = folderPlaces(home);
  if (current.kind === "home") await makeFolder(current.path);
  await expectNoDownload(models);
  const tree = current.kind === "missing" ? [] : await folderTree(current.path);
  const parent = dirname(to);
  const isOpenToOthers = await tryFolder(parent, tree);
  const [largest] = tree.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  if (process.platform === "linux" && (largest?.sizeBytes ?? 0) >= fatLimitBytes) {
    const { type } = await statfs(parent);
    if (type === fatType)
      throw new WorkbenchError("models-move-refused", { case: "largeFile", path: largest?.path ?? "" });
  }
  const bytes = tree.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { freeBytes } = await diskSpace(parent);
  const isSameDisk = current.kind !== "missing" && (await stat(current.path)).dev === (await stat(parent)).dev;
  if (!isSameDisk && freeBytes < bytes + reserveBytes) {
    throw new WorkbenchError("models-move-refused", { case: "room", needed: bytes + reserveBytes, free: freeBytes });
  }
  return {
    id: randomUUID(),
    kind: isSameDisk ? "rename" : "copy",
    from: current.path,
    to,
    files: tree.length,
    bytes,
    freeBytes,
    isOpenToOthers,
  };
}

/**
 * Makes a folder and removes it again. Resolves with whether the disk lets others read it although it should not.
 * Rejects with `models-move-refused` if the app cannot write there, or others could replace the folder.
 */
async function tryFolder(parent: string, tree: readonly TreeEntry[]): Promise<boolean> {
  const probe = join(parent, `.r1-workbench-${randomUUID()}`);
  await mkdir(probe, { mode: 0o700 }).catch(() => {
    throw refused("notWritable", parent);
  });
  try {
    if (tree.some(({ kind }) => kind === "link")) {
      const link = join(probe, "link");
      await symlink(probe, link).then(
        () => unlink(link),
        () => {
          throw new WorkbenchError("models-move-refused", { case: "links" });
        },
      );
    }
    if (process.platform === "win32") return false;
    const { mode: made } = await lstat(probe);
    if ((made & 0o077) !== 0) return true;
    const { mode } = await stat(parent);
    // With the sticky bit, others cannot rename the app's folder and put theirs in its place.
    if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) throw refused("openToOthers", parent);
    return false;
  } finally {
    await rmdir(probe).catch(() => undefined);
  }
}

/** Resolves with a folder of an earlier move with models in it: the chosen folder itself, or one in it. */
async function ownFolderWithModels(chosen: string) {
  const path = basename(chosen).startsWith(folderName) ? chosen : join(chosen, folderName);
  const found = await lstat(path).catch(() => null);
  const isOurs = found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid());
  if (!isOurs) return null;
  const files = await findModelFiles(path);
  return files.length === 0 ? null : { path, files };
}

async function isEmpty({ kind, path }: CurrentFolder): Promise<boolean> {
  if (kind === "missing" || !(await isThere(path))) return true;
  return (await folderTree(path)).length === 0;
}

/** Resolves with a name that nothing in the folder has. */
async function freeName(parent: string): Promise<string> {
  let name = folderName;
  for (let number = 2; await isThere(join(parent, name)); number++) name = `${folderName} ${number}`;
  return name;
}

async function isInside(path: string, folder: string): Promise<boolean> {
  const way = relative(await realpath(folder).catch(() => folder), path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

type FolderCase = Extract<FactsByCode["models-move-refused"], { folder: string }>["case"];

const refused = (why: FolderCase, folder: string): WorkbenchError =>
  new WorkbenchError("models-move-refused", { case: why, folder });
