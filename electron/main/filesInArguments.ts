import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface StartedWith {
  /** The arguments after the program's own. */
  args: readonly string[];
  /** The folder that relative paths start from. */
  folder: string;
  platform: NodeJS.Platform;
}

/** More are not shown in any case, and Chromium limits what one instance can hand over to another. */
const mostFiles = 100;

/**
 * Returns the files that the app was started with, as absolute paths. What looks like a switch is none, unless it follows
 * `--`. A URI that names no file of this machine is returned as it is, so that it is shown as refused.
 */
export function filesInArguments({ args, folder, platform }: StartedWith): string[] {
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  const isSwitch = (arg: string): boolean => arg.startsWith("-") || (platform === "win32" && arg.startsWith("/"));
  const named = [...before.filter((arg) => !isSwitch(arg)), ...(end < 0 ? [] : args.slice(end + 1))];
  return named
    .filter((arg) => arg !== "")
    .slice(0, mostFiles)
    .map((arg) => pathOf(arg, folder));
}

function pathOf(arg: string, folder: string): string {
  // A drive's letter is no scheme.
  if (!/^[a-z][a-z0-9+.-]+:/i.test(arg)) return resolve(folder, arg);
  // A name such as "a:b.gguf" may be a file's.
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(arg) && !/^file:/i.test(arg)) return resolve(folder, arg);
  try {
    const { protocol, host } = new URL(arg);
    // A file on another machine would be fetched by the system.
    return protocol === "file:" && host === "" ? fileURLToPath(arg) : arg;
  } catch {
    return arg;
  }
}
