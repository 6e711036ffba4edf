import { createHash } from "node:crypto";
import type { EngineInfo } from "../../contract/engine.ts";
import type { LoadedFacts } from "../../contract/models.ts";

/**
 * Returns a key of everything that the state of a chat depends on. A state with another key must not be loaded: it
 * would be wrong, or end the engine. `content` identifies the model: the SHA-256 of a downloaded file, which stays the
 * same when it is moved, or the fingerprint of another one, because hashing it would take as long as reading all of it.
 * Null if it is empty.
 */
export function stateKey(
  content: string,
  { libraryVersion, llamaRelease, backend }: Pick<EngineInfo, "libraryVersion" | "llamaRelease" | "backend">,
  {
    contextSize,
    gpuLayers,
    flashAttention,
    kvCacheType,
  }: Pick<LoadedFacts, "contextSize" | "gpuLayers" | "flashAttention" | "kvCacheType">,
): string | null {
  if (content === "") return null;
  const engine = [libraryVersion, llamaRelease, backend];
  const facts = [content, ...engine, contextSize, gpuLayers, flashAttention, kvCacheType];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
