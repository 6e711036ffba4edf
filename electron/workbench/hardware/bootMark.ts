import { uptime } from "node:os";
import type { SystemFiles } from "./systemFiles.ts";

/**
 * Resolves with a string that changes with each start of the machine: Linux's boot id, elsewhere the minute of the
 * start.
 */
export async function bootMark(files: SystemFiles, now = Date.now(), uptimeSeconds = uptime()): Promise<string> {
  const id = await files.text("proc/sys/kernel/random/boot_id");
  return id ?? `minute-${Math.round((now / 1000 - uptimeSeconds) / 60)}`;
}
