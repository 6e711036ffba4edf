import { WorkbenchError } from "../contract/errors.ts";

/** Options of every command. */
export const everywhere = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** parseArgs throws plain TypeErrors for what a person typed wrong. */
export function usageChecked<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    // Node's first sentence names the option; its advice after that is of no use here.
    const [said] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new WorkbenchError("usage", `${said?.replace(/\.$/, "") ?? ""}.`);
  }
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
