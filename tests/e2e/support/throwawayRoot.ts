import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface ThrowawayRoot {
  /** What comes before a command that root runs in it. */
  prefix: string[];
  /** Runs a command in it as root. Resolves with its standard output; rejects if it fails. */
  run(...command: string[]): Promise<string>;
  remove(): Promise<void>;
}

const execute = promisify(execFile);
const script = fileURLToPath(new URL("throwawayRoot.sh", import.meta.url));

/**
 * Makes a root file system in which packages can be installed: that in `base`, with the folder /tmp of this machine. Its
 * changes are kept in memory and thrown away. Needs root. In it, the folder `hidden` is empty.
 */
export async function throwawayRoot(hidden: string, base: string): Promise<ThrowawayRoot> {
  const folder = await mkdtemp(join(tmpdir(), "r1-workbench-root-"));
  const holder = spawn("unshare", ["--mount", "sh", script, folder, hidden, base], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(holder, "exit");
  const ready = once(createInterface({ input: holder.stdout }), "line");
  await Promise.race([ready, ended.then(() => Promise.reject(new Error("The root could not be made.")))]);
  const enter = ["--mount", `--target=${holder.pid}`, "env", "--chdir=/"];
  return {
    prefix: ["nsenter", ...enter],
    run: async (...command) =>
      (await execute("nsenter", [...enter, ...command], { maxBuffer: 64 * 1024 * 1024 })).stdout,
    remove: async () => {
      holder.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
