import { freemem, totalmem } from "node:os";
import { controlGroupFolders } from "../controlGroupFolders.ts";
import { type SystemFiles, systemFiles } from "../hardware/systemFiles.ts";

export interface AvailableMemory {
  totalBytes: number;
  /** Memory that new programs can use without swapping. */
  freeBytes: number;
}

interface Options {
  platform?: NodeJS.Platform;
  /** For tests: another root than `/` for /proc and /sys. */
  root?: string;
}

/**
 * Resolves with the memory that this process can still use. Linux: MemAvailable (which counts reclaimable file pages),
 * or less if a control group limits this process. Elsewhere `os.freemem()`, which on macOS and Windows excludes
 * reclaimable caches and so errs on the safe side; untested on those systems.
 */
export async function availableMemory(options: Options = {}): Promise<AvailableMemory> {
  const { platform = process.platform, root = "/" } = options;
  const machine = { totalBytes: totalmem(), freeBytes: freemem() };
  if (platform !== "linux") return machine;
  const files = systemFiles(root);
  const meminfo = (await files.text("proc/meminfo")) ?? "";
  const totalBytes = kilobytes(meminfo, "MemTotal") ?? machine.totalBytes;
  const freeBytes = kilobytes(meminfo, "MemAvailable") ?? machine.freeBytes;
  const groups = await controlGroupLimits(files);
  return {
    totalBytes: Math.min(totalBytes, ...groups.map(({ limitBytes }) => limitBytes)),
    freeBytes: Math.max(0, Math.min(freeBytes, ...groups.map(({ limitBytes, usedBytes }) => limitBytes - usedBytes))),
  };
}

interface GroupLimit {
  limitBytes: number;
  /** Without file pages, which the kernel reclaims before it refuses memory. */
  usedBytes: number;
}

/** Every group from ours up to the root may set a limit. */
async function controlGroupLimits(files: SystemFiles): Promise<GroupLimit[]> {
  const membership = (await files.text("proc/self/cgroup")) ?? "";
  const limits: GroupLimit[] = [];
  for (const { folder, unified } of controlGroupFolders(membership, "memory")) {
    const [max, used, cached] = unified
      ? ["memory.max", "memory.current", "inactive_file"]
      : ["memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"];
    const limitBytes = Number.parseInt((await files.text(`${folder}/${max}`)) ?? "", 10);
    // "max" in version 2 and a number near 2^63 in version 1 both mean no limit.
    if (!Number.isFinite(limitBytes) || limitBytes > 2 ** 52) continue;
    const usedBytes = Number.parseInt((await files.text(`${folder}/${used}`)) ?? "", 10) || 0;
    const stat = (await files.text(`${folder}/memory.stat`)) ?? "";
    const cachedBytes = Number(new RegExp(`^${cached} (\\d+)$`, "m").exec(stat)?.[1] ?? 0);
    limits.push({ limitBytes, usedBytes: Math.max(0, usedBytes - cachedBytes) });
  }
  return limits;
}

function kilobytes(meminfo: string, key: string): number | null {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(meminfo)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}
