import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { accessSync, constants, openSync, readdirSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";

type Stdio = "ignore" | "pipe" | "ipc" | number;

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  /** The child's file descriptors, starting with 0. */
  stdio: Stdio[];
}

/**
 * Starts a program that inherits only the given descriptors. Node closes its own on `exec`, but Chromium, in whose
 * process the workbench runs, would pass on its sockets and the lock files of its profile.
 *
 * Node cannot close a descriptor of the parent for one child, so the child gets the null device under every number that
 * may be in use. This is needed only on Linux: on other systems Node passes on no others.
 *
 * It works in the folder of the program that runs here. llama.cpp's libraries look for those of graphics drivers in the
 * working folder before the system's, and Windows looks for programs there: a download must not be able to plant one.
 */
export function spawnChild(file: string, args: string[], { env, stdio }: ChildOptions): ChildProcess {
  const options: SpawnOptions = {
    env,
    stdio,
    cwd: dirname(process.execPath),
    serialization: "json",
    windowsHide: true,
  };
  const isInsideChromium = process.platform === "linux" && process.versions["electron"] !== undefined;
  // A missing program then fails in the usual way.
  if (isInsideChromium && isThere(file)) options.stdio = withNothingInherited(stdio);
  return spawn(file, args, options);
}

/** Chromium's threads may open files between this check and the start, so higher numbers are covered as well. */
const spareNumbers = 64;

function withNothingInherited(own: Stdio[]): Stdio[] {
  const highest = Math.max(...readdirSync("/proc/self/fd").map(Number));
  const device = nullDevice();
  return Array.from({ length: highest + spareNumbers }, (_, number) => own[number] ?? device);
}

/**
 * Returns whether a program exists. A bare name is looked up in the search path; if it is not found, the child exits
 * with code 127.
 */
function isThere(file: string): boolean {
  try {
    if (isAbsolute(file)) accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

let opened: number | undefined;

function nullDevice(): number {
  opened ??= openSync("/dev/null", "r+");
  return opened;
}
