import type { RestoredState, RestoreParams } from "../../contract/engineProtocol.ts";
import { type LoadedModel, preparePrompt } from "../LoadedModel.ts";
import { hashStateFile, readStateTokens, withStateFile } from "./stateFile.ts";

/** Fewer tokens are read as quickly as a file is loaded. */
const leastGain = 32;

/**
 * Restores what was read of a chat, if it has more in common with the next prompt than what is in memory. llama.cpp
 * ends the process when a file is damaged, so it sees a file only after its hash was found right.
 */
export async function restoreState(
  loaded: LoadedModel,
  { prompt, path, sizeBytes, sha256 }: RestoreParams,
  signal: AbortSignal,
): Promise<RestoredState> {
  const { sequence, context } = loaded;
  const startedAt = performance.now();
  const result = (outcome: RestoredState["outcome"]): RestoredState => ({
    outcome,
    ms: performance.now() - startedAt,
  });
  if (sequence.needsCheckpoints) return result("unneeded");
  const { tokens } = await preparePrompt(loaded, prompt);
  const inMemory = sharedLength(sequence.contextTokens, tokens);
  const checked = await withStateFile(path, sizeBytes, async (file) => {
    const stored = await readStateTokens(file, context.contextSize);
    if (stored === null) return "damaged";
    if (sharedLength(stored, tokens) < inMemory + leastGain) return "unneeded";
    const found = await hashStateFile(file, signal);
    if (found === null) return "unneeded";
    return found === sha256 ? stored.length : "damaged";
  });
  if (typeof checked !== "number") return result(checked ?? "damaged");
  // After a failed load, the library believes the sequence empty even if it is not, and nothing can be evaluated.
  await sequence.clearHistory();
  try {
    await sequence.loadStateFromFile(path, { acceptRisk: true });
    if (sequence.nextTokenIndex === checked) return result("restored");
  } catch {
    // llama.cpp has logged why.
  }
  await sequence.clearHistory();
  return result("damaged");
}

function sharedLength(one: readonly number[], other: readonly number[]): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
