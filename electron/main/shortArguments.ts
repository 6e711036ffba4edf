import { mostHandedOverBytes } from "./filesWithinLimit.ts";

/** Of switches, in bytes. */
const mostSwitchBytes = 4000;

/**
 * Returns with which arguments to start again because these are too long to be handed over: the same switches, and fewer
 * files. Returns null if they are short enough, or cannot become so. `argv` begins with the program.
 */
export function shortArguments(
  argv: readonly string[],
  own: readonly string[],
  files: readonly string[],
): string[] | null {
  if (bytesOf(argv) <= mostHandedOverBytes) return null;
  const end = own.indexOf("--");
  const switches = (end < 0 ? own : own.slice(0, end)).filter((arg) => arg.startsWith("-"));
  const begin = [...argv.slice(0, argv.length - own.length), ...firstOf(switches, mostSwitchBytes), "--"];
  const left = mostHandedOverBytes - bytesOf(begin);
  // Another start would end here again.
  return left < 0 ? null : [...begin.slice(1), ...firstOf(files, left)];
}

/** Returns as many of the arguments, in order, as have room. */
function firstOf(args: readonly string[], room: number): string[] {
  let bytes = 0;
  return args.filter((arg) => (bytes += bytesOf([arg])) <= room);
}

function bytesOf(args: readonly string[]): number {
  return args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0);
}
