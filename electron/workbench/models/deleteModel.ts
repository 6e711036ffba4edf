import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { FileModel } from "../../contract/models.ts";
import { modelFileAt, sizeBytesOf } from "./modelFiles.ts";

/**
 * Moves all parts of a model to the trash. Resolves with their size in bytes. Only files in the app's own folder may be
 * deleted. Rejects with `model-not-deletable`, or with `model-trash-failed` at the first part that cannot be moved.
 */
export async function deleteModel(
  { source, name, owner }: FileModel,
  trash: ((path: string) => Promise<void>) | undefined,
): Promise<{ sizeBytes: number }> {
  if (owner !== "downloads") {
    throw new WorkbenchError("model-not-deletable", { case: owner === "app" ? "comesWithApp" : "notOurs", name });
  }
  if (trash === undefined) {
    throw new WorkbenchError("model-trash-failed", { case: "noTrash" });
  }
  const file = await modelFileAt(source.path);
  const sizeBytes = await sizeBytesOf(file);
  for (const part of file.paths) {
    try {
      await trash(part);
    } catch (error) {
      throw new WorkbenchError("model-trash-failed", { case: "file", path: part }, toProblem(error).detail);
    }
  }
  return { sizeBytes };
}
