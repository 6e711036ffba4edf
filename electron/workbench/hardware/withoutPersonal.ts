/**
 * Returns the value with paths and these names (user, host, home) removed from every text in it. Names of one or two
 * letters are not removed.
 */
export function withoutPersonal<Value>(value: Value, names: readonly string[]): Value {
  if (typeof value === "string") return cleaned(value, names) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => withoutPersonal(each, names)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutPersonal(each, names)])) as Value;
}

function cleaned(text: string, names: readonly string[]): string {
  const paths = text.replaceAll(/(?:\b[A-Za-z]:\\|(?<![\w/])\/(?=\w+\/))[^\s"',;:)]+/g, "<path>");
  return names
    .filter((name) => name.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((clean, name) => clean.replaceAll(new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, "gi"), "<hidden>"), paths);
}

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
