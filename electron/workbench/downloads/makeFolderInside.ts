import { lstat, mkdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { makeFolder } from "../home/makeFolder.ts";

/**
 * Makes a folder below the models folder, level by level, and follows no link on the way: whoever put one there must
 * not decide where we write. The models folder itself may be one. Fails with `download-name-refused`.
 */
export async function makeFolderInside(modelsFolder: string, folder: string): Promise<void> {
  await makeFolder(modelsFolder);
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

/** The error for what is no folder or file of ours. */
export function linkedAway(): WorkbenchError {
  return new WorkbenchError("download-name-refused", { case: "link" });
}
