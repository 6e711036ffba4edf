import type { SystemFiles } from "./systemFiles.ts";

/** Cores that control groups, version 2 or 1, allow this process, from its own group up to the root; null: no limit. */
export async function linuxCpuLimit(files: SystemFiles): Promise<number | null> {
  const limits: number[] = [];
  for (const line of ((await files.text("proc/self/cgroup")) ?? "").split("\n")) {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === "") continue;
    if (controllers === "") {
      for (const folder of foldersUp("sys/fs/cgroup", path)) {
        const [quota, period] = ((await files.text(`${folder}/cpu.max`)) ?? "").split(" ");
        limits.push(Number(quota) / Number(period));
      }
    } else if (controllers.split(",").includes("cpu")) {
      for (const folder of foldersUp("sys/fs/cgroup/cpu", path)) {
        const quota = Number(await files.text(`${folder}/cpu.cfs_quota_us`));
        limits.push(quota / Number(await files.text(`${folder}/cpu.cfs_period_us`)));
      }
    }
  }
  // "max" and -1 mean none; a missing file gives NaN.
  const real = limits.filter((limit) => Number.isFinite(limit) && limit > 0);
  return real.length === 0 ? null : Math.max(1, Math.floor(Math.min(...real)));
}

function foldersUp(mount: string, path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return [mount, ...parts.map((_, index) => [mount, ...parts.slice(0, index + 1)].join("/"))];
}
