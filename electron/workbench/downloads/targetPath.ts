import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { isReservedName } from "../isReservedName.ts";
import { systemCode } from "../systemCode.ts";

const refusedCharacters = /[<>:"|?*\\/\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const maxNameBytes = 240;

/**
 * Returns the path for a part of a model: `<models>/<owner>/<name>/[<folder>/]<file>`, with the folder as in the
 * repository. For nested folders it is the last one with a few characters of the hash of all of them, so that no two
 * files have the same path. Every name is checked against the rules of the strictest system, so that a library can be
 * moved. Throws `download-name-refused`.
 */
export function targetPath(modelsFolder: string, repo: string, path: string): string {
  const folders = path.split("/");
  const file = folders.pop() ?? "";
  const names = [...repo.split("/"), ...folderName(folders), file];
  for (const name of names) {
    const good =
      name !== "" &&
      !name.startsWith(".") &&
      !/[. ]$/.test(name) &&
      !isReservedName(name) &&
      !refusedCharacters.test(name) &&
      Buffer.byteLength(name) <= maxNameBytes;
    if (good) continue;
    const shown = name.slice(0, 100).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\uFFFD");
    throw new WorkbenchError("download-name-refused", { case: "name", name: shown });
  }
  return join(modelsFolder, ...names);
}

function folderName(folders: readonly string[]): string[] {
  const last = folders.at(-1);
  if (last === undefined || folders.length === 1) return [...folders];
  const hash = createHash("sha256").update(folders.join("/")).digest("hex");
  return [`${last}-${hash.slice(0, 8)}`];
}

/**
 * Resolves with the size of the file at a target, or null if there is none. Rejects with `download-file-exists` if a
 * link or folder is there.
 */
export async function sizeAtTarget(target: string): Promise<number | null> {
  try {
    const found = await lstat(target);
    if (found.isFile()) return found.size;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
  throw new WorkbenchError("download-file-exists", { case: "at", path: target });
}
