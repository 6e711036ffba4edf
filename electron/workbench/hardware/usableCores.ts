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
 * What the affinity mask and the control groups leave a process of the machine's cores, read anew with each call. Never
 * rejects; what the system does not tell counts as no limit.
 * @param pid another process on Linux, whose mask may be its own; elsewhere this process answers for it
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

/** The mask may name cores that are not there, or were taken offline. Empty: the system does not tell. */
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
