import { copyFile } from "node:fs/promises";
import { hashOf } from "../workbench/updates/hashOf.ts";
import type { FetchedUpdate } from "../workbench/updates/Updates.ts";

/**
 * Copies an update, and checks the hash of the copy: the file has been on the disk since it was verified. Rejects if it
 * is another one, or with the file system's own error.
 */
export async function copyVerified({ path, file }: Pick<FetchedUpdate, "path" | "file">, to: string): Promise<void> {
  await copyFile(path, to);
  if ((await hashOf(to, file.sizeBytes)) !== file.sha512)
    throw new Error("The file was changed after it was verified.");
}
