import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { WorkbenchError } from "../../../contract/errors.ts";
import { systemCode } from "../../systemCode.ts";
import { fileVersion, isWithin } from "./listDocuments.ts";

/** An open file, and its version. */
export interface OpenedFile {
  file: FileHandle;
  version: string;
}

/**
 * Opens a file below a folder, unless a link leads to it. Resolves with what it is now too. Rejects with
 * `document-unreadable`.
 */
export async function openInFolder(root: string, place: string): Promise<OpenedFile> {
  const name = place.slice(place.lastIndexOf("/") + 1);
  try {
    const realRoot = await realpath(root);
    const path = join(realRoot, place);
    const real = await realpath(path);
    if (!isWithin(real, realRoot)) throw new WorkbenchError("document-unreadable", { name, case: "missing" });
    // A link that takes its place now is not followed, and a named pipe does not hold this up.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
    const file = await open(path, flags);
    try {
      return { file, version: fileVersion(await file.stat({ bigint: true })) };
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const code = systemCode(error);
    const isClosed = code === "EACCES" || code === "EPERM";
    // The path is not told.
    throw new WorkbenchError("document-unreadable", { name, case: isClosed ? "notAllowed" : "missing" }, code ?? "");
  }
}
