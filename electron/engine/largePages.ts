import { readFileSync } from "node:fs";

const systemFile = "/sys/kernel/mm/transparent_hugepage/enabled";
/** The option of glibc, since 2.35, with which `malloc` asks for large pages wherever it allocates much. */
const option = "glibc.malloc.hugetlb=1";

/**
 * Returns whether this process asks the system for large memory pages (2 MB instead of 4 KB), as its environment says.
 * Returns undefined where asking changes nothing: the system is not Linux, or gives them always or never.
 */
export function largePages(
  environment: NodeJS.ProcessEnv = process.env,
  system: string = readSystem(),
): boolean | undefined {
  if (!system.includes("[madvise]")) return undefined;
  return environment["GLIBC_TUNABLES"]?.includes(option) ?? false;
}

function readSystem(): string {
  try {
    return readFileSync(systemFile, "utf8");
  } catch {
    return "";
  }
}
