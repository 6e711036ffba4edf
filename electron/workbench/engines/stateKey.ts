import { createHash } from "node:crypto";
import type { EngineInfo } from "../../contract/engine.ts";
import type { LoadedFacts } from "../../contract/models.ts";

/**
 * Returns a key of everything that the state of a chat depends on. A state with another key must not be loaded: it
 * would be wrong, or end the engine. Null if the model's file has no fingerprint. The fingerprint is that of one file on
 * this disk, because a hash of its content would take as long as reading all of it.
 */
export function stateKey(
  fingerprint: string,
  { libraryVersion, llamaRelease, backend }: Pick<EngineInfo, "libraryVersion" | "llamaRelease" | "backend">,
  {
    contextSize,
    gpuLayers,
    flashAttention,
    kvCacheType,
  }: Pick<LoadedFacts, "contextSize" | "gpuLayers" | "flashAttention" | "kvCacheType">,
): string | null {
  if (fingerprint === "") return null;
  const engine = [libraryVersion, llamaRelease, backend];
  const facts = [fingerprint, ...engine, contextSize, gpuLayers, flashAttention, kvCacheType];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
