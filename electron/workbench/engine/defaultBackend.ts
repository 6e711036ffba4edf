import type { Backend, BackendProbe } from "../../contract/engine.ts";

/** Returns the backend for a machine of which nothing has been measured: its graphics card if it has a real one. */
export const defaultBackend = (probes: readonly BackendProbe[]): Backend =>
  probes.find(({ usable, software }) => usable && !software)?.backend ?? "cpu";
