import { childEnvironment } from "../children/childEnvironment.ts";
import { runChild } from "../children/runChild.ts";

/** How long someone may take to type a password, in milliseconds. */
const passwordLimitMs = 300_000;

/** Has macOS ask for an administrator's password. Resolves with false if it was refused. */
export async function asAdministrator(command: string): Promise<boolean> {
  const script = ["on run argv", "do shell script (item 1 of argv) with administrator privileges", "end run"];
  const outcome = await runChild("/usr/bin/osascript", [...script.flatMap((line) => ["-e", line]), command], {
    env: childEnvironment(process.env),
    limitMs: passwordLimitMs,
    maxBytes: 10_000,
  });
  return outcome.code === 0;
}
