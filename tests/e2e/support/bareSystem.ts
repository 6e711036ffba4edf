import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Puts a Debian of this machine's release, with nothing but its base, into a folder, and resolves with the folder. Where
 * debootstrap is not installed, resolves with this machine's own root. Needs root and a connection to Debian's servers.
 */
export async function bareSystem(folder: string): Promise<string> {
  const isThere = await run("debootstrap", ["--version"]).then(
    () => true,
    () => false,
  );
  if (!isThere) return "/";
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(await readFile("/etc/os-release", "utf8"))?.[1] ?? "stable";
  await run("debootstrap", ["--variant=minbase", release, folder], { maxBuffer: 16 * 1024 * 1024 });
  return folder;
}
