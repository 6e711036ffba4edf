import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ErasePlan } from "../../contract/disk.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { currentFolder } from "../folder/folderPlaces.ts";
import { readMove } from "../folder/MoveJournal.ts";
import { kindOfEntry } from "../home/homeEntries.ts";
import { ownModelFiles } from "./ownModelFiles.ts";
import { walkFiles } from "./walkFiles.ts";

/** Resolves with what erasing everything would do. Rejects with `models-moving`, because the models are in two places. */
export async function planErase(home: string): Promise<ErasePlan> {
  if ((await readMove(home)) !== null) throw new WorkbenchError("models-moving");
  const names = await readdir(home);
  const own = await Promise.all(
    names.filter((name) => kindOfEntry(name) !== "other").map((name) => walkFiles(join(home, name))),
  );
  const files = own.flat();
  const staying = names.filter((name) => kindOfEntry(name) === "other");
  const models = await currentFolder(home);
  if (models.kind === "linked") {
    const ours = new Set(ownModelFiles(models.path));
    for (const file of await walkFiles(models.path)) {
      if (ours.has(file.path)) files.push(file);
      else staying.push(file.path);
    }
  }
  return {
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    count: files.length,
    modelsFolder: models.kind === "home" ? null : models.path,
    staying: staying.toSorted(),
  };
}
