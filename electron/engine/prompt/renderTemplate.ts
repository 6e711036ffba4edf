import { Environment, Interpreter, type Template } from "@huggingface/jinja";
import { formatText } from "./formatText.ts";
import { lackingFunctions } from "./parseTemplate.ts";
import { strftime } from "./strftime.ts";
import { wholeNumberDict } from "./wholeNumberDict.ts";

/** More than any legitimate template counts to. A loop to a billion would hang the engine. */
const mostCounted = 100_000;

/** Thrown when a template calls `raise_exception` to reject the messages. */
export class TemplateRefusal extends Error {}

/** Runs a parsed template and returns its text. Throws a `TemplateRefusal` or the library's error. */
export function renderTemplate(
  program: Template["parsed"],
  variables: Readonly<Record<string, unknown>>,
  now: Date,
): string {
  const environment = new Environment();
  const globals = {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    range,
    raise_exception: (reason: unknown) => {
      throw new TemplateRefusal(String(reason));
    },
    strftime_now: (format: unknown) => strftime(String(format), now),
    [lackingFunctions.format]: format,
    ...variables,
  };
  for (const [name, value] of Object.entries(globals)) environment.set(name, value);
  environment.setVariable(lackingFunctions.dict, wholeNumberDict);
  const { value } = new Interpreter(environment).run(program);
  return typeof value === "string" ? value : "";
}

function range(first: number, second?: number, step = 1): number[] {
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (!(count <= mostCounted)) throw new Error(`range() counts further than ${mostCounted}`);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** The interpreter passes keyword arguments as a map after the others. */
function format(text: unknown, ...given: unknown[]): string {
  if (typeof text !== "string") throw new Error("format() is not a text's");
  const last = given.at(-1);
  const named = last instanceof Map ? (last as Map<string, { value: unknown }>) : new Map<string, { value: unknown }>();
  const positional = last instanceof Map ? given.slice(0, -1) : given;
  return formatText(text, positional, new Map([...named].map(([name, { value }]) => [name, value])));
}
