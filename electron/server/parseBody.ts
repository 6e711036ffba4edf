import { badParameter } from "./ApiFailure.ts";

const mostDepth = 32;

/**
 * Returns the object that a body holds. Throws an `ApiFailure` for what two parsers could read differently (keys that
 * occur twice, `__proto__`), and for JSON that is nested too deeply.
 */
export function parseBody(text: string): Record<string, unknown> {
  expectPlainJson(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badParameter(null, "invalid_json", "The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badParameter(null, "invalid_json", "The body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

/** Looks at the structure only; whether it is JSON is up to the parser. Throws an `ApiFailure` as `parseBody` does. */
function expectPlainJson(text: string): void {
  /** The keys of each open object so far; null for an array. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : null);
      if (open.length > mostDepth) {
        throw badParameter(null, "invalid_json", `The body is nested more than ${mostDepth} levels deep.`);
      }
    } else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys !== null && keys !== undefined && isFollowedByColon(text, end)) expectNewKey(keys, text.slice(at, end));
      at = end - 1;
    }
  }
}

/** Returns the position after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return text[at] === ":";
}

function expectNewKey(keys: Set<string>, written: string): void {
  let key: string;
  try {
    key = JSON.parse(written) as string;
  } catch {
    throw badParameter(null, "invalid_json", "The body is not JSON.");
  }
  if (key === "__proto__") throw badParameter(key, "unknown_parameter", "The parameter __proto__ is not known.");
  if (keys.has(key)) throw badParameter(key.slice(0, 100), "duplicate_parameter", "A parameter occurs twice.");
  keys.add(key);
}
