import type { BackendProbe } from "../../contract/engine.ts";
import type { BackendAdvice, BackendFacts } from "../../contract/hardware.ts";

/**
 * Returns a probe's result with what the user can do about it. `hasNvidia` is true if NVIDIA's driver responds on this
 * machine, `hasCuda` if the app has CUDA for it.
 */
export function backendFacts(probe: BackendProbe, machine: Machine): BackendFacts {
  const { backend, usable, reason } = probe;
  return { name: backend, usable, reason, advice: usable ? null : advice(probe, machine) };
}

interface Machine {
  hasNvidia: boolean;
  hasCuda: boolean;
}

function advice({ backend, reason: { code } }: BackendProbe, { hasNvidia, hasCuda }: Machine): BackendAdvice | null {
  if (code === "beingTried" || code === "macosOnly" || code === "notOnMacos" || code === "metalInstead") return null;
  if (code === "late" || code === "endedBySignal" || code === "endedWithCode") return "updateDriver";
  if (backend === "cuda") return hasNvidia ? (hasCuda ? "cudaRuntime" : "cudaEngine") : "cudaDriver";
  return backend === "vulkan" ? "vulkanDriver" : "restart";
}
