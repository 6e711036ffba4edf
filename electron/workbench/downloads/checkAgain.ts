import { basename } from "node:path";
import { errorTexts, WorkbenchError } from "../../contract/errors.ts";
import { hashFile } from "./hashFile.ts";
import { downloadedFile, rememberVerified } from "./VerifiedFiles.ts";

interface Options {
  modelsFolder: string;
  /** The built `hashWorker.js`. */
  hashWorker: string;
}

/**
 * To be awaited before a model's files are opened: those that were downloaded here and touched since are hashed again.
 * Nothing happens to files that nobody touched or that came another way. Rejects with `model-changed` if one is not
 * what was downloaded, or with the signal's reason.
 */
export async function checkAgain(
  { modelsFolder, hashWorker }: Options,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const path of paths) {
    const file = await downloadedFile(modelsFolder, path);
    if (file === null || file.isUntouched) continue;
    const sha256 = await hashFile(path, signal, { hashWorker });
    if (sha256 !== file.sha256) {
      const message = `${errorTexts["model-changed"].what} (${basename(path)})`;
      throw new WorkbenchError("model-changed", message, `SHA-256 ${sha256}, downloaded ${file.sha256}`);
    }
    // It was moved, restored from a backup, or its permissions were changed. What cannot be kept is checked again.
    await rememberVerified(modelsFolder, path, sha256, file.verified).catch(() => undefined);
  }
}
