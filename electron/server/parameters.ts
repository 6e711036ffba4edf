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
export const isEmptyObject = (value: unknown): boolean =>
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
  const parsed = schema.safeParse(given);
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

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${String(part)}`)).join("");
