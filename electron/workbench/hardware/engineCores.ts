import type { EngineState } from "../../contract/engine.ts";
import { usableCores } from "./usableCores.ts";

/** Physical cores that the engine may use, or that it will be given when it starts. Read anew; never rejects. */
export async function engineCores(
  { state }: { readonly state: EngineState },
  coresOf: typeof usableCores = usableCores,
): Promise<number> {
  // A running engine's limits may be other ones than this process's, which a new engine begins with.
  const { physical } = await coresOf("info" in state ? state.info.pid : "self");
  return physical;
}
