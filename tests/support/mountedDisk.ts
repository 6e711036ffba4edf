import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { onTestFinished } from "vitest";

/** Whether a file system can be mounted here: as root on Linux. */
export const canMount = process.platform === "linux" && process.getuid?.() === 0 && mounts();

/** Mounts a small disk at a new folder until the test ends. Returns how to make it read-only and back. */
export function mountDisk(folder: string, megabytes: number): (mode: "ro" | "rw") => void {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  onTestFinished(() => {
    execFileSync("umount", ["-l", folder]);
  });
  return (mode) => execFileSync("mount", ["-o", `remount,${mode}`, folder]);
}

function mounts(): boolean {
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
