import { relative, sep } from "node:path";
import type { DiskFile, ErasePlan } from "../../contract/disk.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { currentFolder } from "../folder/folderPlaces.ts";
import { readMove } from "../folder/MoveJournal.ts";
import { homeParts } from "../home/homeParts.ts";
import { ownModelFiles } from "./ownModelFiles.ts";
import { walkFiles } from "./walkFiles.ts";

/**
 * Resolves with what erasing everything would do. Rejects with `models-moving`, because the models are in two places,
 * and with `models-folder-missing` if their disk is missing.
 */
export async function planErase(home: string): Promise<ErasePlan> {
  if ((await readMove(home)) !== null) throw new WorkbenchError("models-moving");
  const models = await currentFolder(home);
  if (models.kind === "missing") throw new WorkbenchError("models-folder-missing", { folder: models.path });
  const files: DiskFile[] = [];
  const staying: string[] = [];
  const addModels = async (folder: string): Promise<void> => {
    const ours = new Set(ownModelFiles(folder));
    for (const file of await walkFiles(folder)) {
      if (ours.has(file.path)) files.push(file);
      else staying.push(shown(home, file.path));
    }
  };
  for (const { kind, path, isModels } of homeParts(home)) {
    if (isModels) await addModels(path);
    else if (kind === "other") staying.push(shown(home, path));
    else files.push(...(await walkFiles(path)));
  }
  if (models.kind === "linked") await addModels(models.path);
  return {
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    count: files.length,
    modelsFolder: models.kind === "home" ? null : models.path,
    staying: staying.toSorted(),
  };
}

/** Returns the path below the home, or a whole path elsewhere. */
const shown = (home: string, path: string): string => (path.startsWith(home + sep) ? relative(home, path) : path);
