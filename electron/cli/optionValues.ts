import { parseArgs, type ParseArgsConfig } from "node:util";
import { WorkbenchError } from "../contract/errors.ts";

/** The options of every command, apart from those that show the help or the version. */
export const everywhere = { json: { type: "boolean" }, offline: { type: "boolean" } } as const;

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Node's parseArgs, for which a negative number is a value like any other. Throws `usage`. */
export function readOptions<Config extends ParseArgsConfig & { args: string[]; options: Options }>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const args = withNegativeNumbers(config.args, config.options);
  try {
    return parseArgs<Config>({ ...config, args });
  } catch (error) {
    throw firstFault(args, config) ?? error;
  }
}

/** Returns what is wrong first. Node says it in a sentence only, so that the arguments are read again without its rules. */
function firstFault(args: string[], { options, allowPositionals = false }: ParseArgsConfig): WorkbenchError | null {
  const { tokens } = parseArgs({ args, options: options ?? {}, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "positional" && !allowPositionals) {
      return new WorkbenchError("usage", { case: "argumentUnexpected", given: token.value });
    }
    if (token.kind !== "option") continue;
    const option = token.rawName;
    const type = options?.[token.name]?.type;
    if (type === undefined) return new WorkbenchError("usage", { case: "unknownOption", option });
    if (type === "boolean" && token.value !== undefined) {
      return new WorkbenchError("usage", { case: "valueUnexpected", option });
    }
    // What begins with a dash is the next option; a value that does is written --option=VALUE.
    const isMissing =
      token.value === undefined || (!token.inlineValue && token.value.length > 1 && token.value.startsWith("-"));
    if (type === "string" && isMissing) return new WorkbenchError("usage", { case: "valueMissing", option });
  }
  return null;
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

/** Returns undefined when it was not given. Accepts a decimal comma, as in "0,6". Throws `usage`. */
export function numberIn(
  text: string | undefined,
  option: string,
  least: number,
  most: number,
  whole: boolean,
): number | undefined {
  if (text === undefined) return undefined;
  // With three digits after it, a comma may separate thousands.
  const given = whole ? text : text.replace(/^(\d*),(?=\d{1,2}$)/, "$1.");
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new WorkbenchError("usage", { case: whole ? "wholeNumber" : "number", option, least, most, given: text });
}

/** Returns what was given if it is one of `names`, or null if nothing was. Throws `usage`. */
export function oneOf<Name extends string>(
  text: string | undefined,
  flag: string,
  names: readonly Name[],
): Name | null {
  if (text === undefined) return null;
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new WorkbenchError("usage", { case: "oneOf", option: flag, allowed: names.join(", "), given: text });
}
