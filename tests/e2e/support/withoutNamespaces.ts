import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";

export interface WithoutNamespaces {
  /** What comes before a command that root runs there. */
  prefix: string[];
  remove(): Promise<void>;
}

const run = promisify(execFile);
/** All users that the kernel knows, as they are outside. */
const everyone = "0 0 4294967295";

/**
 * Makes a place in which nobody may create a user namespace, as on systems that refuse them to ordinary users. It is one
 * itself, whose limit of further ones is none, so that nothing changes outside of it. Needs root.
 */
export async function withoutNamespaces(): Promise<WithoutNamespaces> {
  const holder = spawn("unshare", ["--user", "sh", "-c", "echo made; read -r _ || true"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(holder, "exit");
  const made = once(holder.stdout, "data");
  await Promise.race([made, ended.then(() => Promise.reject(new Error("The namespace could not be made.")))]);
  for (const map of ["uid_map", "gid_map"]) await writeFile(`/proc/${holder.pid}/${map}`, everyone);
  const prefix = ["nsenter", "--user", `--target=${holder.pid}`];
  await run("env", [...prefix, "sh", "-c", "echo 0 >/proc/sys/user/max_user_namespaces"]);
  return {
    prefix,
    remove: async () => {
      holder.stdin.end();
      await ended;
    },
  };
}
