import { Environment } from "@huggingface/jinja";

/** A value of the template library's interpreter. */
export type TemplateValue = ReturnType<Environment["set"]>;

/** Converts a JavaScript value to the library's. */
export function templateValue(value: unknown): TemplateValue {
  return new Environment().set("value", value);
}

/** Wraps a function that takes the library's own values and returns one. */
export function templateFunction(call: (args: TemplateValue[]) => TemplateValue): TemplateValue {
  return Object.assign(
    templateValue(() => null),
    { value: call },
  );
}

/**
 * Creates a dict whose keys may be integers from alternating keys and values, because the library's own dicts only take
 * strings.
 */
export const wholeNumberDict = templateFunction((keysAndValues) => {
  const entries = new Map<unknown, [key: TemplateValue, value: TemplateValue]>();
  for (let at = 0; at + 1 < keysAndValues.length; at += 2) {
    const [key, value] = keysAndValues.slice(at, at + 2) as [TemplateValue, TemplateValue];
    entries.set(key.value, [key, value]);
  }
  const pairs = (of: Iterable<TemplateValue[]>): TemplateValue => list([...of].map((pair) => list(pair)));
  const keys = (): TemplateValue => list([...entries.values()].map(([key]) => key));
  const items = (): TemplateValue => pairs(entries.values());
  const builtins = new Map<string, TemplateValue>([
    ["get", templateFunction(([key, otherwise]) => entries.get(key?.value)?.[1] ?? otherwise ?? templateValue(null))],
    ["keys", templateFunction(keys)],
    ["items", templateFunction(items)],
    ["values", templateFunction(() => list([...entries.values()].map(([, value]) => value)))],
    ["dictsort", templateFunction(() => pairs([...entries.values()].sort(([a], [b]) => order(a.value, b.value))))],
  ]);
  const dict = Object.assign(templateValue({}), {
    value: new Map([...entries].map(([key, [, value]]) => [key, value])),
    keys,
    items,
  });
  return Object.defineProperty(dict, "builtins", { value: builtins });
});

function list(values: TemplateValue[]): TemplateValue {
  return Object.assign(templateValue([]), { value: values });
}

function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  throw new Error("Keys of different kinds cannot be sorted");
}
