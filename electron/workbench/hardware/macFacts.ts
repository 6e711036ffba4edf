import { macPower } from "./macPower.ts";
import type { RunTool } from "./runTool.ts";
import type { SystemFacts } from "./SystemFacts.ts";

const sysctlNames = ["machdep.cpu.brand_string", "hw.physicalcpu", "hw.logicalcpu", "hw.l2cachesize", "hw.l3cachesize"];

/** Reads the facts on macOS from sysctl, pmset and sw_vers. Not run on macOS, only tested with written outputs. */
export async function macFacts(run: RunTool): Promise<SystemFacts> {
  const [sysctl, power, therm, version] = await Promise.all([
    run("/usr/sbin/sysctl", sysctlNames),
    macPower(run),
    run("/usr/bin/pmset", ["-g", "therm"]),
    run("/usr/bin/sw_vers", []),
  ]);
  const value = (name: string): string | null => new RegExp(`^${name}: (.+)$`, "m").exec(sysctl ?? "")?.[1] ?? null;
  const number = (name: string): number | null => Number(value(name)) || null;
  const limit = /CPU_Speed_Limit\s*=\s*(\d+)/.exec(therm ?? "")?.[1];
  const product = /ProductVersion:\s*(\S+)/.exec(version ?? "")?.[1];
  return {
    osName: product === undefined ? "macOS" : `macOS ${product}`,
    cpuModel: value("machdep.cpu.brand_string"),
    physicalCores: number("hw.physicalcpu"),
    logicalCores: number("hw.logicalcpu"),
    lastLevelCacheBytes: number("hw.l3cachesize") ?? number("hw.l2cachesize"),
    cpuFeatures: [],
    power,
    thermal: { throttled: limit === undefined ? null : Number(limit) < 100, celsius: null },
  };
}
