import type { BackendProbe } from "./engine.ts";

/** Returns whether all backends have been tried. Until then, only the CPU is known to be usable. */
export const areTried = (probes: readonly BackendProbe[]): boolean =>
  !probes.some(({ reason }) => reason.code === "beingTried");
