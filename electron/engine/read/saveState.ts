import { chmod } from "node:fs/promises";
import type { SavedState } from "../../contract/engineProtocol.ts";
import type { LoadedModel } from "../LoadedModel.ts";
import { hashStateFile, withStateFile } from "./stateFile.ts";

/** Fewer tokens are read again as quickly. */
const fewestTokens = 32;

/**
 * Writes what the model has read, with its keys and values, to a file. Resolves with null if there is too little, if
 * the model's state cannot be restored from a file, if the file cannot be written, or if `signal` aborted; a file that
 * was written is then of no use.
 */
export async function saveState(
  { sequence }: LoadedModel,
  path: string,
  signal: AbortSignal,
): Promise<SavedState | null> {
  const tokens = sequence.nextTokenIndex;
  // The library does not store the checkpoints that such a model needs to go back in its state.
  if (signal.aborted || tokens < fewestTokens || sequence.needsCheckpoints) return null;
  try {
    const startedAt = performance.now();
    const { fileSize } = await sequence.saveStateToFile(path);
    const ms = performance.now() - startedAt;
    await chmod(path, 0o600);
    const sha256 = await withStateFile(path, fileSize, (file) => hashStateFile(file, signal));
    return sha256 === null ? null : { tokens, sizeBytes: fileSize, sha256, ms };
  } catch {
    // Writing only reads the memory, so what the model has read is still right.
    return null;
  }
}
