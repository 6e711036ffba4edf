import { basename } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { hashFile } from "./hashFile.ts";
import { downloadedFile, rememberVerified } from "./VerifiedFiles.ts";

interface Options {
  modelsFolder: string;
  /** The built `hashWorker.js`. */
  hashWorker: string;
}

/**
 * Hashes a model's downloaded files again if they were changed since; must be awaited before they are opened. Files
 * that are unchanged, or were not downloaded here, are skipped. Resolves with the SHA-256 of all files, or null if that
 * of one is unknown. Rejects with `model-changed` or the signal's reason.
 */
export async function checkAgain(
  { modelsFolder, hashWorker }: Options,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const hashes: string[] = [];
  for (const path of paths) {
    const file = await downloadedFile(modelsFolder, path);
    if (file === null) continue;
    hashes.push(file.sha256);
    if (file.isUntouched) continue;
    const sha256 = await hashFile(path, signal, { hashWorker });
    if (sha256 !== file.sha256) {
      throw new WorkbenchError(
        "model-changed",
        { file: basename(path) },
        `SHA-256 ${sha256}, downloaded ${file.sha256}`,
      );
    }
    // The file was moved or restored, or its permissions changed. If this cannot be saved, it is checked again later.
    await rememberVerified(modelsFolder, path, sha256, file.verified).catch(() => undefined);
  }
  return hashes.length === paths.length ? hashes.join("+") : null;
}
