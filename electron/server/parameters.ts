import type { z } from "zod";
import { type ApiFailure, badParameter } from "./ApiFailure.ts";

/**
 * Parameters that are not supported, each with whether a value of it asks for nothing: many programs always send
 * `n: 1` or an empty list of tools.
 */
export type Unsupported = Readonly<Record<string, (value: unknown) => boolean>>;

export const never = (): boolean => false;
export const anything = (): boolean => true;
export const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);
export const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** A reply is written without them, however they are set: they are for the bookkeeping of OpenAI's own servers. */
export const bookkeeping: Unsupported = {
  user: anything,
  metadata: anything,
  safety_identifier: anything,
  prompt_cache_key: anything,
  prompt_cache_retention: anything,
  service_tier: oneOf("auto", "default"),
  store: oneOf(false),
};

/** Which tokens there are, and how many texts: what a chat and a text have in common. */
export const ofTokens: Unsupported = {
  n: oneOf(1),
  logit_bias: isEmptyObject,
  presence_penalty: oneOf(0),
  frequency_penalty: oneOf(0),
  // llama-server's.
  cache_prompt: oneOf(true),
};

/** What a chat and a response have in common. */
export const ofTools: Unsupported = {
  tools: isEmptyList,
  tool_choice: oneOf("none", "auto"),
  parallel_tool_calls: oneOf(true, false),
  top_logprobs: oneOf(0),
};

/**
 * Returns an object without what is null and what asks for nothing. Throws an `ApiFailure` that names what is not
 * supported. `path`: of the object in the request, such as "messages[0].".
 */
export function withoutUnsupported(
  object: Readonly<Record<string, unknown>>,
  unsupported: Unsupported,
  path = "",
): Record<string, unknown> {
  const kept: [string, unknown][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (value === null) continue;
    const asksForNothing = Object.hasOwn(unsupported, name) ? unsupported[name] : undefined;
    if (asksForNothing === undefined) kept.push([name, value]);
    else if (!asksForNothing(value)) throw notSupported(`${path}${name}`);
  }
  return Object.fromEntries(kept);
}

export const notSupported = (param: string): ApiFailure =>
  badParameter(param, "unsupported_parameter", `${param} is not supported with this value.`);

/**
 * Returns the parsed parameters. Throws an `ApiFailure` that names the first one that is wrong. `within`: where they
 * stand in the request, such as "messages[0]".
 */
export function parseParameters<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  within: readonly PropertyKey[] = [],
): z.output<Schema> {
  const parsed = schema.safeParse(given, { error: wordsFor });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = pathOf([...within, ...(issue?.path ?? [])]);
  if (issue?.code === "unrecognized_keys") {
    const name = (issue.keys[0] ?? "").slice(0, 100);
    const param = path === "" ? name : `${path}.${name}`;
    throw badParameter(param, "unknown_parameter", `${param} is not known.`);
  }
  throw badParameter(path === "" ? null : path, "invalid_parameter", `${path}: ${issue?.message ?? "Invalid input"}`);
}

const kindNames: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};
/** Returns what is said of a wrong value whose schema says nothing of its own. */
function wordsFor(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return "It is missing.";
  if (issue.code === "invalid_type") return `It must be ${kindNames[issue.expected] ?? issue.expected}.`;
  if (issue.code === "invalid_value") {
    return `It must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}.`;
  }
  if (issue.code === "too_small") {
    return limited(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
  }
  if (issue.code === "too_big") {
    return limited(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
  }
  return "It has a wrong value.";
}

function limited(origin: string, relation: string, limit: number | bigint): string {
  if (origin === "string") return `Its length in characters must be ${relation} ${limit}.`;
  if (origin === "array") return `The number of its elements must be ${relation} ${limit}.`;
  return `It must be ${relation} ${limit}.`;
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${String(part)}`)).join("");
