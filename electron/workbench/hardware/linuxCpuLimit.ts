import { controlGroupFolders } from "../controlGroupFolders.ts";
import type { SystemFiles } from "./systemFiles.ts";

/** Resolves with the cores that control groups (version 1 or 2) allow a process, or null if there is no limit. */
export async function linuxCpuLimit(files: SystemFiles, pid: number | "self" = "self"): Promise<number | null> {
  const limits: number[] = [];
  for (const { folder, unified } of controlGroupFolders((await files.text(`proc/${pid}/cgroup`)) ?? "", "cpu")) {
    const [quota, period] = unified
      ? ((await files.text(`${folder}/cpu.max`)) ?? "").split(" ")
      : [await files.text(`${folder}/cpu.cfs_quota_us`), await files.text(`${folder}/cpu.cfs_period_us`)];
    limits.push(Number(quota) / Number(period));
  }
  // "max" and -1 mean no limit. A missing file gives NaN.
  const real = limits.filter((limit) => Number.isFinite(limit) && limit > 0);
  return real.length === 0 ? null : Math.max(1, Math.floor(Math.min(...real)));
}
