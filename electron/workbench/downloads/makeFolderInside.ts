import { lstat, mkdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { makeFolder } from "../home/makeFolder.ts";

/**
 * Creates a folder below the models folder, level by level, without following links, because another program's link
 * must not decide where the app writes. The models folder itself may be a link. Rejects with `download-name-refused`.
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

/** Returns the error for something that is not a folder or file of ours. */
export function linkedAway(): WorkbenchError {
  return new WorkbenchError("download-name-refused", { case: "link" });
}
