import type { BackendProbe } from "../../contract/engine.ts";

/** Returns the free memory of the only graphics card, as the engine found it. Null if there is none, or more than one. */
export function onlyCardBytes(probes: readonly BackendProbe[]): number | null {
  const found = probes.find(({ usable, software, memory }) => usable && !software && memory !== null);
  return found?.devices.length === 1 ? (found.memory?.freeBytes ?? null) : null;
}
