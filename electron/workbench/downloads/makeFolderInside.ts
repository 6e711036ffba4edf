import { lstat, mkdir, readlink } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { makeFolder } from "../home/makeFolder.ts";

/**
 * Creates a folder below the models folder, level by level, without following links, because another program's link
 * must not decide where the app writes. The models folder itself may be a link. It is made too, unless `makesBase` is
 * false. Rejects with `download-name-refused`, or with `models-folder-missing` if it is a link that leads nowhere.
 */
export async function makeFolderInside(modelsFolder: string, folder: string, { makesBase = true } = {}): Promise<void> {
  if (makesBase) await makeFolder(modelsFolder).catch((error: unknown) => missingTarget(modelsFolder, error));
  let level = modelsFolder;
  for (const name of relative(modelsFolder, folder).split(sep)) {
    level = join(level, name);
    await mkdir(level, { mode: 0o700 }).catch(async (error: unknown) => {
      const found = await lstat(level).catch(() => null);
      if (found === null) throw error;
      if (!found.isDirectory()) throw linkedAway();
    });
  }
}

/** Throws `models-folder-missing` if the models folder is a link, and otherwise the given error. */
async function missingTarget(modelsFolder: string, error: unknown): Promise<never> {
  const folder = await readlink(modelsFolder).catch(() => null);
  throw folder === null ? error : new WorkbenchError("models-folder-missing", { folder });
}

/** Returns the error for something that is not a folder or file of ours. */
export function linkedAway(): WorkbenchError {
  return new WorkbenchError("download-name-refused", { case: "link" });
}
