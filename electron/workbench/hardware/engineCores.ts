import type { EngineState } from "../../contract/engine.ts";
import { usableCores } from "./usableCores.ts";

/** Resolves with the number of physical cores that the engine may use or will get when it starts. Never rejects. */
export async function engineCores(
  { state }: { readonly state: EngineState },
  coresOf: typeof usableCores = usableCores,
): Promise<number> {
  // A running engine may have other limits than this process, whose limits a new engine inherits.
  const { physical } = await coresOf("info" in state ? state.info.pid : "self");
  return physical;
}
