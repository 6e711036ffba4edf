import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Someone who is not root, whom Chromium sandboxes: whoever runs the tests, or if that is root, the user `nobody`. */
export interface OrdinaryUser {
  /** What comes before a command that this user runs. */
  prefix: string[];
  /** What this user needs of our environment, with a home folder that belongs to the user. */
  env: Record<string, string>;
  /** That home folder. */
  home: string;
  forget(): Promise<void>;
}

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const runAsNobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];

export async function ordinaryUser(): Promise<OrdinaryUser> {
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-user-"));
  const { PATH = "", DISPLAY = "" } = process.env;
  const ours = { HOME: home, R1_WORKBENCH_HOME: join(home, "r1") };
  const env: Record<string, string> = { PATH, DISPLAY, ...ours, LC_ALL: "C.UTF-8", LANGUAGE: "en" };
  // Only root can read the key of the display.
  const key = process.env["XAUTHORITY"];
  if (key !== undefined) await copyFile(key, (env["XAUTHORITY"] = join(home, "xauthority")));
  if (isRoot) await run("chown", ["-R", "nobody:nogroup", home]);
  return {
    prefix: isRoot ? runAsNobody : [],
    env,
    home,
    forget: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
