import type { MachineProfile } from "../../contract/hardware.ts";

/** What an operating system reports about the machine. */
export interface SystemFacts extends Pick<MachineProfile, "power" | "thermal"> {
  osName: string;
  /** Null if the system does not report it. */
  cpuModel: string | null;
  physicalCores: number | null;
  logicalCores: number | null;
  /** Size of the largest cache. Null if unknown. */
  lastLevelCacheBytes: number | null;
  /** Names as the system reports them, used if the engine cannot be asked. */
  cpuFeatures: string[];
}
