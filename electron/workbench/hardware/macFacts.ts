import type { RunTool } from "./runTool.ts";
import type { SystemFacts } from "./SystemFacts.ts";

const sysctlNames = ["machdep.cpu.brand_string", "hw.physicalcpu", "hw.logicalcpu", "hw.l2cachesize", "hw.l3cachesize"];

/** Reads the facts on macOS from sysctl, pmset and sw_vers. Not run on macOS, only tested with written outputs. */
export async function macFacts(run: RunTool): Promise<SystemFacts> {
  const [sysctl, battery, therm, settings, version] = await Promise.all([
    run("/usr/sbin/sysctl", sysctlNames),
    run("/usr/bin/pmset", ["-g", "batt"]),
    run("/usr/bin/pmset", ["-g", "therm"]),
    run("/usr/bin/pmset", ["-g"]),
    run("/usr/bin/sw_vers", []),
  ]);
  const value = (name: string): string | null => new RegExp(`^${name}: (.+)$`, "m").exec(sysctl ?? "")?.[1] ?? null;
  const number = (name: string): number | null => Number(value(name)) || null;
  const percent = /(\d+)%/.exec(battery ?? "")?.[1];
  const limit = /CPU_Speed_Limit\s*=\s*(\d+)/.exec(therm ?? "")?.[1];
  const product = /ProductVersion:\s*(\S+)/.exec(version ?? "")?.[1];
  const lowPower = /lowpowermode\s+(\d)/.exec(settings ?? "")?.[1];
  return {
    osName: product === undefined ? "macOS" : `macOS ${product}`,
    cpuModel: value("machdep.cpu.brand_string"),
    physicalCores: number("hw.physicalcpu"),
    logicalCores: number("hw.logicalcpu"),
    lastLevelCacheBytes: number("hw.l3cachesize") ?? number("hw.l2cachesize"),
    cpuFeatures: [],
    power: {
      source: /'AC Power'/.test(battery ?? "")
        ? "mains"
        : /'Battery Power'/.test(battery ?? "")
          ? "battery"
          : "unknown",
      batteryPercent: percent === undefined ? null : Number(percent),
      mode: lowPower === undefined ? null : lowPower === "1" ? "low power" : "normal",
    },
    thermal: { throttled: limit === undefined ? null : Number(limit) < 100, celsius: null },
  };
}
