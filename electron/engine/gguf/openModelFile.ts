import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";

/**
 * Opens the file, calls `use` with it and its size, and closes it. Rejects with an error code if it is not a readable
 * file.
 */
export async function openModelFile<T>(
  path: string,
  use: (file: FileHandle, sizeBytes: number) => Promise<T>,
): Promise<T> {
  const file = await openOrExplain(path);
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new WorkbenchError("model-is-folder");
    if (!stats.isFile()) throw new WorkbenchError("model-file-unreadable", { case: "notAFile" });
    if (stats.size === 0) throw new WorkbenchError("model-file-empty");
    return await use(file, stats.size);
  } catch (error) {
    throw explain(error);
  } finally {
    await file.close();
  }
}

async function openOrExplain(path: string): Promise<FileHandle> {
  try {
    // Non-blocking, so that opening a named pipe cannot block the process forever.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw explain(error);
  }
}

/** Converts file system errors to coded errors. Returns other errors unchanged. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof WorkbenchError || !("code" in error)) return error;
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return new WorkbenchError("model-file-missing", undefined, error.message);
    case "EISDIR":
      return new WorkbenchError("model-is-folder", undefined, error.message);
    case "EACCES":
    case "EPERM":
      return new WorkbenchError("model-file-unreadable", { case: "notAllowed" }, error.message);
    case "ERR_INVALID_ARG_VALUE":
      return new WorkbenchError("model-file-missing", { case: "badPath" }, error.message);
    default:
      return new WorkbenchError("model-file-unreadable", { case: "system", reason: String(error.code) }, error.message);
  }
}
