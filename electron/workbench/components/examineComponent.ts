import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "../downloads/hashFile.ts";
import { knownHash, rememberVerified } from "../downloads/VerifiedFiles.ts";
import { componentsFolder, folderName, pieceFolder } from "./componentFolder.ts";
import type { ComponentRelease } from "./ComponentRelease.ts";

export interface ExamineOptions {
  signal?: AbortSignal;
  hashWorker?: string;
  /** Reads every file, also those that look unchanged. */
  isDeep?: boolean;
  /** Keeps what was found out, so that the next examination need not read the files. */
  remembers?: boolean;
}

export interface FoundComponent {
  state: "absent" | "installed" | "damaged";
  folder: string;
}

/**
 * Examines whether an installed component consists of exactly the files that the release lists. A file whose size, times
 * and inode are those that it had when its hash was right is not read again. Rejects with the signal's reason.
 */
export async function examineComponent(
  home: string,
  release: ComponentRelease,
  options: ExamineOptions = {},
): Promise<FoundComponent> {
  const base = componentsFolder(home);
  const folder = join(base, folderName(release));
  if ((await lstat(folder).catch(() => null)) === null) return { state: "absent", folder };
  try {
    const isWhole = (await hasOnlyListed(folder, release)) && (await hasRightFiles(base, folder, release, options));
    return { state: isWhole ? "installed" : "damaged", folder };
  } catch {
    options.signal?.throwIfAborted();
    return { state: "damaged", folder };
  }
}

/** An engine loads whatever libraries it finds in a folder, so there may be no others. */
async function hasOnlyListed(folder: string, { pieces }: ComponentRelease): Promise<boolean> {
  const listed = new Set(pieces.flatMap((piece) => piece.files.map(({ path }) => `${piece.package}/${path}`)));
  const folders = new Set<string>();
  for (const path of listed) {
    const names = path.split("/");
    for (let depth = 1; depth < names.length; depth++) folders.add(names.slice(0, depth).join("/"));
  }
  const look = async (from: string): Promise<boolean> => {
    for (const entry of await readdir(join(folder, from), { withFileTypes: true })) {
      const path = from === "" ? entry.name : `${from}/${entry.name}`;
      const isFine = entry.isDirectory() ? folders.has(path) && (await look(path)) : entry.isFile() && listed.has(path);
      if (!isFine) return false;
    }
    return true;
  };
  return (await lstat(folder)).isDirectory() && (await look(""));
}

async function hasRightFiles(
  base: string,
  folder: string,
  { pieces }: ComponentRelease,
  { signal = new AbortController().signal, hashWorker, isDeep = false, remembers = false }: ExamineOptions,
): Promise<boolean> {
  for (const piece of pieces) {
    for (const { path, sizeBytes, sha256 } of piece.files) {
      const file = join(folder, pieceFolder(piece), ...path.split("/"));
      const { size } = await lstat(file);
      if (size !== sizeBytes) return false;
      if (!isDeep && (await knownHash(base, file)) === sha256) continue;
      const options = hashWorker === undefined ? {} : { hashWorker };
      if ((await hashFile(file, signal, options)) !== sha256) return false;
      if (remembers) await rememberVerified(base, file, sha256, true).catch(() => undefined);
    }
  }
  return true;
}
