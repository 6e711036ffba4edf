import { version } from "node:os";
import type { RunTool } from "./runTool.ts";
import type { SystemFacts } from "./SystemFacts.ts";

/**
 * Reads the facts on Windows from Node and powercfg. Not run on Windows, only tested with written outputs. Physical
 * cores are not reported, so the profile counts logical ones.
 */
export async function windowsFacts(run: RunTool): Promise<SystemFacts> {
  const scheme = await run("powercfg.exe", ["/getactivescheme"]);
  return {
    osName: version(),
    cpuModel: null,
    physicalCores: null,
    logicalCores: null,
    lastLevelCacheBytes: null,
    cpuFeatures: [],
    power: { source: "unknown", batteryPercent: null, mode: /\(([^)]+)\)\s*$/.exec(scheme ?? "")?.[1] ?? null },
    thermal: { throttled: null, celsius: null },
  };
}
