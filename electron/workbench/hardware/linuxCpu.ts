import { parseCpuList } from "./parseCpuList.ts";
import type { SystemFacts } from "./SystemFacts.ts";
import type { SystemFiles } from "./systemFiles.ts";

/** The names that x86 and ARM kernels use for the instruction sets that matter to llama.cpp. */
const known =
  /^(sse3|pni|ssse3|avx|avx2|f16c|fma|bmi2|avx512\w*|avx_vnni|amx_\w+|asimd\w*|sve|sve2|i8mm|bf16|fphp|sme)$/;

type CpuFacts = Pick<
  SystemFacts,
  "cpuModel" | "physicalCores" | "logicalCores" | "lastLevelCacheBytes" | "cpuFeatures"
>;

/** Resolves with CPU facts from /proc/cpuinfo and the topology in /sys, for cores that are online. */
export async function linuxCpu(files: SystemFiles): Promise<CpuFacts> {
  const info = (await files.text("proc/cpuinfo")) ?? "";
  const online = parseCpuList((await files.text("sys/devices/system/cpu/online")) ?? "");
  const base = "sys/devices/system/cpu";
  const siblings = await Promise.all(
    online.map((core) => files.text(`${base}/cpu${core}/topology/thread_siblings_list`)),
  );
  // Threads of one core list the same siblings.
  const physical = new Set(siblings.filter((list) => list !== null)).size;
  const caches = await files.names(`${base}/cpu${online[0] ?? 0}/cache`);
  const sizes = await Promise.all(
    caches.map(async (name) =>
      parseCacheSize((await files.text(`${base}/cpu${online[0] ?? 0}/cache/${name}/size`)) ?? ""),
    ),
  );
  const largest = Math.max(0, ...sizes);
  return {
    cpuModel: field(info, "model name") ?? field(info, "Hardware") ?? field(info, "Model"),
    physicalCores: physical || null,
    logicalCores: online.length || null,
    lastLevelCacheBytes: largest || null,
    cpuFeatures: (field(info, "flags") ?? field(info, "Features") ?? "")
      .split(/\s+/)
      .filter((flag) => known.test(flag)),
  };
}

function field(info: string, name: string): string | null {
  return new RegExp(`^${name}\\s*: (.+)$`, "m").exec(info)?.[1]?.trim() ?? null;
}

/** Returns "32768K" or "1M" in bytes. */
function parseCacheSize(text: string): number {
  const [, digits = "0", unit = ""] = /^(\d+)([KM]?)/.exec(text) ?? [];
  return Number(digits) * (unit === "M" ? 1024 ** 2 : unit === "K" ? 1024 : 1);
}
