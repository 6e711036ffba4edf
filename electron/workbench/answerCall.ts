import type { z } from "zod";
import type { Call } from "../contract/call.ts";
import { type CallInput, type CallResult, type Handlers, workbenchCalls } from "../contract/calls.ts";
import { WorkbenchError } from "../contract/errors.ts";

export type WorkbenchCallName = keyof typeof workbenchCalls;

/** Parses a call's input and calls its handler. Rejects bad input with `input-invalid` or `prompt-too-long`. */
export async function answerCall<Name extends WorkbenchCallName>(
  handlers: Handlers<typeof workbenchCalls>,
  name: Name,
  input: CallInput<Name>,
): Promise<CallResult<Name>> {
  const params = parsedInput(workbenchCalls[name], input);
  // The registry ties each call's schema, handler and result together; TypeScript cannot follow that by name.
  const handler = handlers[name] as (params: unknown) => Promise<CallResult<Name>> | CallResult<Name>;
  return handler(params);
}

/** Returns a call's input, parsed. Throws `input-invalid` or `prompt-too-long`. */
export function parsedInput({ input: schema }: Call<z.ZodType, unknown>, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const longText = parsed.error.issues.some(({ code, path }) => code === "too_big" && path[0] === "text");
  throw new WorkbenchError(longText ? "prompt-too-long" : "input-invalid", undefined, parsed.error.message);
}
