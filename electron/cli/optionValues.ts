import { parseArgs, type ParseArgsConfig } from "node:util";
import { WorkbenchError } from "../contract/errors.ts";

/** Options of every command. */
export const everywhere = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Node's parseArgs, for which a negative number is a value like any other. Fails with `usage`. */
export function readOptions<Config extends ParseArgsConfig & { args: string[]; options: Options }>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs<Config>({ ...config, args: withNegativeNumbers(config.args, config.options) });
  } catch (error) {
    // Node's first sentence names the option; its advice after that is of no use here.
    const [said] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new WorkbenchError("usage", `${said?.replace(/\.$/, "") ?? ""}.`);
  }
}

/** `-p -5` as `-p-5`, and `--seed -1` as `--seed=-1`: the range check names what is allowed, parseArgs would not. */
function withNegativeNumbers(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    const isValue =
      /^-(\.?\d|inf|nan)/i.test(arg) && before !== undefined && !joined.includes("--") && takesValue(before, options);
    if (isValue) joined[joined.length - 1] = `${before}${before.startsWith("--") ? "=" : ""}${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function takesValue(arg: string, options: Options): boolean {
  return Object.entries(options).some(
    ([name, { type, short }]) =>
      type === "string" && (arg === `--${name}` || (short !== undefined && arg === `-${short}`)),
  );
}

/** Undefined when it was not given. Fails with `usage`. */
export function numberIn(
  text: string | undefined,
  flag: string,
  least: number,
  most: number,
  whole: boolean,
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  throw new WorkbenchError("usage", `${flag} needs ${kind} from ${least} to ${most}, not "${text}".`);
}
