import { isErrorCode, type Problem } from "../../contract/errors.ts";

/**
 * Replaces each problem in a value, however deep, with the result of `shown`. Parts without a problem stay the same
 * object. Used on everything sent to the page, since messages, downloads, notices and states can contain problems.
 */
export function showProblems<Value>(value: Value, shown: (problem: Problem) => Problem): Value {
  return replaced(value, shown) as Value;
}

/** Copies nothing unless a problem is found, because lists of ten thousand chats pass through here. */
function replaced(value: unknown, shown: (problem: Problem) => Problem): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | null = null;
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at];
      const next = replaced(item, shown);
      if (next !== item) (items ??= [...(value as unknown[])])[at] = next;
    }
    return items ?? value;
  }
  if (isProblem(value)) return shown(value);
  let changed: Record<string, unknown> | null = null;
  for (const name of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[name];
    const next = replaced(part, shown);
    if (next !== part) (changed ??= { ...value })[name] = next;
  }
  return changed ?? value;
}

function isProblem(value: object): value is Problem {
  return "code" in value && isErrorCode(value.code);
}
