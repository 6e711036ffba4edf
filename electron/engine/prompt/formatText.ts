/** `{}`, `{0}` or `{name}`. Doubled braces stand for literal braces. */
const field = /\{\{|\}\}|\{(\d+|[A-Za-z_]\w*)?\}|[{}]/g;

/**
 * Implements Python's `text.format(…)` for plain fields. Throws if a field is missing, and on format specifications,
 * which chat templates do not use.
 */
export function formatText(text: string, positional: readonly unknown[], named: ReadonlyMap<string, unknown>): string {
  let next = 0;
  return text.replace(field, (found, key: string | undefined) => {
    if (found === "{{" || found === "}}") return found.charAt(0);
    if (found.length === 1) throw new Error("format() is used with a specification that is not supported");
    const value = key !== undefined && /^[A-Za-z_]/.test(key) ? named.get(key) : positional[Number(key ?? next++)];
    if (value === undefined) throw new Error(`format() has no value for ${found}`);
    return pythonText(value);
  });
}

function pythonText(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error("format() is given something that is no text and no number");
}
