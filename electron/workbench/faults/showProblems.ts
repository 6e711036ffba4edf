import { errorTexts, type Problem } from "../../contract/errors.ts";

/**
 * Replaces each problem in a value of ours, however deep, by what `shown` makes of it. Parts without one stay the same
 * object. For all that leaves for the page: a problem may lie in a message, a download, a notice or a state.
 */
export function showProblems<Value>(value: Value, shown: (problem: Problem) => Problem): Value {
  return replaced(value, shown) as Value;
}

function replaced(value: unknown, shown: (problem: Problem) => Problem): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item) => replaced(item, shown));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (isProblem(value)) return shown(value);
  const changed = Object.entries(value).flatMap(([name, part]) => {
    const next = replaced(part, shown);
    return next === part ? [] : [[name, next] as const];
  });
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
}

function isProblem(value: object): value is Problem {
  return (
    "code" in value &&
    "message" in value &&
    typeof value.code === "string" &&
    typeof value.message === "string" &&
    Object.hasOwn(errorTexts, value.code)
  );
}
