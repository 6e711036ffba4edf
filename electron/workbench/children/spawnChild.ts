import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { accessSync, constants, openSync, readdirSync } from "node:fs";
import { isAbsolute } from "node:path";

type Stdio = "ignore" | "pipe" | "ipc" | number;

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  /** Of the child's descriptors 0, 1, 2 and on. */
  stdio: Stdio[];
}

/**
 * Starts a program that is given these descriptors and no other. Node closes its own at an `exec`; Chromium, in whose
 * process the workbench runs, would leave the sockets and lock files of its profile open to whoever is started.
 *
 * Nothing can mark or close a descriptor of the parent, and after the `exec` nobody could tell Chromium's from the
 * child's own. So the child gets the null device under every number that may be in use, whatever program it is. Needed
 * on Linux only: on other systems Node passes nothing on.
 */
export function spawnChild(file: string, args: string[], { env, stdio }: ChildOptions): ChildProcess {
  const options: SpawnOptions = { env, stdio, serialization: "json", windowsHide: true };
  const isInsideChromium = process.platform === "linux" && process.versions["electron"] !== undefined;
  // A program that is not there fails as it always does.
  if (isInsideChromium && isThere(file)) options.stdio = withNothingInherited(stdio);
  return spawn(file, args, options);
}

/** Chromium's threads open files all the time, also between this look and the start. */
const spareNumbers = 64;

function withNothingInherited(own: Stdio[]): Stdio[] {
  const highest = Math.max(...readdirSync("/proc/self/fd").map(Number));
  const device = nullDevice();
  return Array.from({ length: highest + spareNumbers }, (_, number) => own[number] ?? device);
}

/** A bare name is found, or not, by the search path: then the child itself ends with code 127. */
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
