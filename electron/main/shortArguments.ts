import { filesWithinLimit, mostHandedOverBytes } from "./filesWithinLimit.ts";

/**
 * Returns with which arguments to start again because these are too long to be handed over: the same switches, and fewer
 * files. Returns null if they are short enough. `argv` begins with the program.
 */
export function shortArguments(
  argv: readonly string[],
  own: readonly string[],
  files: readonly string[],
): string[] | null {
  const bytes = argv.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0);
  if (bytes <= mostHandedOverBytes) return null;
  const before = argv.slice(1, argv.length - own.length);
  const end = own.indexOf("--");
  const switches = (end < 0 ? own : own.slice(0, end)).filter((arg) => arg.startsWith("-"));
  return [...before, ...switches, "--", ...filesWithinLimit(files)];
}
