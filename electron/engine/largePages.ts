import { readFileSync } from "node:fs";
import { largePagesTunable } from "../contract/engine.ts";

const systemFile = "/sys/kernel/mm/transparent_hugepage/enabled";

/**
 * Returns whether this process asks the system for large memory pages (2 MB instead of 4 KB), as its environment says.
 * Returns undefined where asking changes nothing: the system is not Linux, or gives them always or never.
 */
export function largePages(
  environment: NodeJS.ProcessEnv = process.env,
  system: string = readSystem(),
): boolean | undefined {
  if (!system.includes("[madvise]")) return undefined;
  return environment["GLIBC_TUNABLES"]?.includes(largePagesTunable) ?? false;
}

function readSystem(): string {
  try {
    return readFileSync(systemFile, "utf8");
  } catch {
    return "";
  }
}
