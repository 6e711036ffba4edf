import { availableParallelism } from "node:os";
import { linuxCpuLimit } from "./linuxCpuLimit.ts";
import { parseCpuList } from "./parseCpuList.ts";
import { type SystemFiles, systemFiles } from "./systemFiles.ts";

export interface UsableCores {
  /** Threads that can run at the same time. At least 1. */
  logical: number;
  /** Cores that they run on: two threads of one core count once. At least 1, at most as many as `logical`. */
  physical: number;
}

/**
 * Resolves with the cores that the affinity mask and control groups allow a process, read again with each call. Never
 * rejects; what the system does not report counts as no limit.
 * @param pid another process, whose limits are read on Linux; elsewhere those of this process are used
 */
export async function usableCores(
  pid: number | "self" = "self",
  files: SystemFiles = systemFiles(),
): Promise<UsableCores> {
  const [allowed, quota] = await Promise.all([allowedCores(pid, files), linuxCpuLimit(files, pid)]);
  const most = quota ?? Number.POSITIVE_INFINITY;
  if (allowed.length === 0) {
    const logical = Math.min(availableParallelism(), most);
    return { logical, physical: logical };
  }
  const siblings = await Promise.all(
    allowed.map(async (core) => {
      const list = await files.text(`sys/devices/system/cpu/cpu${core}/topology/thread_siblings_list`);
      return list ?? `unknown ${core}`;
    }),
  );
  return { logical: Math.min(allowed.length, most), physical: Math.min(new Set(siblings).size, most) };
}

/** The mask may name cores that do not exist or are offline. Empty if the system does not report it. */
async function allowedCores(pid: number | "self", files: SystemFiles): Promise<number[]> {
  const [status, onlineList] = await Promise.all([
    files.text(`proc/${pid}/status`),
    files.text("sys/devices/system/cpu/online"),
  ]);
  const allowed = parseCpuList(/^Cpus_allowed_list:(.*)$/m.exec(status ?? "")?.[1] ?? "");
  if (onlineList === null) return allowed;
  const online = new Set(parseCpuList(onlineList));
  return allowed.filter((core) => online.has(core));
}
