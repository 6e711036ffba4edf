import { resolve } from "node:path";

/**
 * Returns the arguments of a process after the program's own. In a clone, Electron's own and the path of the app come
 * first.
 */
export function ownArguments(argv: readonly string[], appPath: string, folder: string): string[] {
  const app = argv.findIndex((arg, index) => index > 0 && !arg.startsWith("-") && resolve(folder, arg) === appPath);
  return argv.slice(app < 0 ? 1 : app + 1);
}
