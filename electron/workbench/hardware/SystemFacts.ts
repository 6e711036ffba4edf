import type { MachineProfile } from "../../contract/hardware.ts";

/** What an operating system tells of the machine. */
export interface SystemFacts extends Pick<MachineProfile, "power" | "thermal"> {
  osName: string;
  /** Null: the system does not tell. */
  cpuModel: string | null;
  physicalCores: number | null;
  logicalCores: number | null;
  /** Of the largest cache; null: unknown. */
  lastLevelCacheBytes: number | null;
  /** Names as the system writes them, for when the engine cannot be asked. */
  cpuFeatures: string[];
}
