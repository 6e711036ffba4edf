import type { BackendProbe } from "../../contract/engine.ts";
import type { GpuFacts } from "../../contract/hardware.ts";

interface DriverGpu {
  name: string;
  totalBytes: number | null;
  freeBytes: number | null;
  driver: string | null;
}

/** The command that asks NVIDIA's driver for the lines that `gpuFacts` parses. */
export const nvidiaQuery = [
  "--query-gpu=name,memory.total,memory.free,driver_version",
  "--format=csv,noheader,nounits",
];

/**
 * Returns the cards of the first usable GPU backend, with NVIDIA's own figures if its driver reports them, or else the
 * cards that only the driver knows. A backend states the memory of all its cards together.
 */
export function gpuFacts(
  probes: readonly BackendProbe[],
  nvidiaSmi: string | null,
  driverVersion: string | null,
): GpuFacts[] {
  const known = parseNvidia(nvidiaSmi ?? "");
  const probe = probes.find(({ backend, usable }) => usable && backend !== "cpu");
  if (probe === undefined) return known.map((gpu) => ({ ...gpu, backend: null }));
  return probe.devices.map((name) => {
    const at = known.findIndex((gpu) => gpu.name === name);
    const [told] = at === -1 ? [] : known.splice(at, 1);
    const alone = probe.devices.length === 1 ? probe.memory : null;
    return {
      name,
      backend: probe.backend,
      totalBytes: told?.totalBytes ?? alone?.totalBytes ?? null,
      freeBytes: told?.freeBytes ?? alone?.freeBytes ?? null,
      driver: told?.driver ?? (/nvidia/i.test(name) || probe.backend === "cuda" ? parseDriver(driverVersion) : null),
    };
  });
}

/** Parses lines such as "NVIDIA H100 80GB HBM3, 81559, 81008, 550.54.15", with memory in MiB. */
function parseNvidia(text: string): DriverGpu[] {
  return text.split("\n").flatMap((line) => {
    const [name = "", total, free, driver] = line.split(",").map((cell) => cell.trim());
    if (driver === undefined) return [];
    const mebibytes = (cell?: string): number | null => (Number(cell) ? Number(cell) * 1024 ** 2 : null);
    return [{ name, totalBytes: mebibytes(total), freeBytes: mebibytes(free), driver }];
  });
}

/** Returns the version in /proc/driver/nvidia/version. */
function parseDriver(text: string | null): string | null {
  return /^NVRM version:.*?\s(\d+\.\d+(?:\.\d+)?)\s/m.exec(text ?? "")?.[1] ?? null;
}
