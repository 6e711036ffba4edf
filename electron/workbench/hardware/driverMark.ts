import { stat } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { type SystemFiles, systemFiles } from "./systemFiles.ts";

/** Folders that change when a graphics driver is installed, updated or removed. */
const driverFolders =
  process.platform === "win32"
    ? [join(process.env["SYSTEMROOT"] ?? "C:\\Windows", "System32", "DriverStore", "FileRepository")]
    : ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];

/**
 * Resolves with a text that changes when a graphics driver does. It can also change without one: the kernel is part of
 * it, because most drivers are in there.
 */
export async function driverMark(files: SystemFiles = systemFiles(), folders = driverFolders): Promise<string> {
  const nvidia = await files.text("proc/driver/nvidia/version");
  const times = await Promise.all(
    folders.map((path) =>
      stat(path).then(
        ({ mtimeMs }) => Math.round(mtimeMs),
        () => 0,
      ),
    ),
  );
  return [release(), nvidia?.split("\n")[0] ?? "", ...times].join(", ");
}
