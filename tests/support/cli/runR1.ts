import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The built command, to be run by Node. */
export const r1Entry = fileURLToPath(new URL("../../../out/cli/r1.js", import.meta.url));

export interface Ran {
  /** Null if a signal terminated it. */
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  home: string;
  /** The content of stdin; empty if omitted. */
  input?: string | Uint8Array;
  /** The working folder. */
  folder?: string;
  env?: NodeJS.ProcessEnv;
  /** Sends Ctrl+C as a terminal does when it is aborted. */
  interrupt?: AbortSignal;
  /** Called once, with the running process, when stderr matches. */
  once?: [pattern: RegExp, act: (child: ChildProcess) => void] | undefined;
}

/** Runs the built command and waits for its end. Throws if it printed a stack trace. */
export async function runR1(args: readonly string[], options: RunOptions): Promise<Ran> {
  const child = spawn(process.execPath, [r1Entry, ...args], {
    // English, whatever the developer's locale.
    env: { ...process.env, LC_ALL: "C.UTF-8", ...options.env, R1_WORKBENCH_HOME: options.home },
    cwd: options.folder,
  });
  const ran: Ran = { status: null, stdout: "", stderr: "" };
  let acted = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ran.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ran.stderr += text;
    if (!acted && options.once !== undefined && options.once[0].test(ran.stderr)) {
      acted = true;
      options.once[1](child);
    }
  });
  options.interrupt?.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const [status] = (await once(child, "close")) as [number | null];
  if (/^\s+at .+:\d+/m.test(ran.stdout + ran.stderr)) throw new Error(`A stack trace was shown:\n${ran.stderr}`);
  return { ...ran, status };
}
