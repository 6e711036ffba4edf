import { z } from "zod";
import { badParameter } from "./ApiFailure.ts";
import {
  anything,
  bookkeeping,
  isEmptyList,
  never,
  notSupported,
  ofTools,
  oneOf,
  parseParameters,
  type Unsupported,
  withoutUnsupported,
} from "./parameters.ts";
import {
  answerForm,
  commonParameters,
  type GivenMessage,
  plainFormats,
  promptMessages,
  type ReplyWish,
  schemaFields,
  textOf,
  thinkingOf,
  tokenLimit,
} from "./ReplyWish.ts";

const unsupported: Unsupported = {
  ...bookkeeping,
  ...ofTools,
  background: oneOf(false),
  conversation: never,
  context_management: never,
  include: isEmptyList,
  max_tool_calls: never,
  previous_response_id: never,
  prompt: never,
  stream_options: (value) => JSON.stringify(value) === '{"include_obfuscation":false}',
  truncation: oneOf("disabled"),
};

const item = z.record(z.string(), z.unknown());

const schema = z.strictObject({
  ...commonParameters,
  input: z.union([z.string(), z.array(item).min(1).max(10_000)], { error: "It must be a text or a list of messages." }),
  instructions: z.string().optional(),
  max_output_tokens: tokenLimit.optional(),
  reasoning: z.strictObject({ effort: z.string().max(20).nullish(), summary: z.null().optional() }).default({}),
  text: z
    .strictObject({
      verbosity: z.literal("medium").nullish(),
      format: z
        .discriminatedUnion("type", [
          ...plainFormats,
          z.strictObject({ type: z.literal("json_schema"), ...schemaFields }),
        ])
        .default({ type: "text" }),
    })
    .default({ format: { type: "text" } }),
});

export interface ResponseWish extends ReplyWish {
  /** What the answer repeats of the request. */
  echo: {
    instructions: string | null;
    max_output_tokens: number | null;
    temperature: number | null;
    top_p: number | null;
  };
  /** As it was asked for. */
  format: object;
}

/** Returns what a request to /v1/responses asks for. Nothing is kept of it. Throws an `ApiFailure`. */
export function responseParameters(body: Record<string, unknown>): ResponseWish {
  const given = parseParameters(schema, withoutUnsupported(body, unsupported));
  const { format } = given.text;
  const spoken = typeof given.input === "string" ? [userMessage(given.input)] : given.input.flatMap(givenMessages);
  const instructions = given.instructions;
  return {
    model: given.model ?? null,
    messages: promptMessages(
      [...(instructions === undefined ? [] : [{ role: "system" as const, content: instructions }]), ...spoken],
      "input",
    ),
    thinking: thinkingOf(given.reasoning.effort ?? undefined, "reasoning.effort"),
    temperature: given.temperature,
    topP: given.top_p,
    seed: undefined,
    maxTokens: given.max_output_tokens ?? null,
    stop: [],
    ...(format.type === "json_object" && answerForm({ type: "object" }, "text.format")),
    ...(format.type === "json_schema" && answerForm(format.schema, "text.format.schema")),
    isStream: given.stream,
    echo: {
      instructions: instructions ?? null,
      max_output_tokens: given.max_output_tokens ?? null,
      temperature: given.temperature ?? null,
      top_p: given.top_p ?? null,
    },
    format,
  };
}

const userMessage = (content: string): GivenMessage => ({ role: "user", content });

const messageSchema = z.strictObject({
  type: z.literal("message").optional(),
  role: z.enum(["system", "developer", "user", "assistant"]),
});

/** A program sends an answer's output back as it was: the thought in it is left out, as everywhere. */
function givenMessages(given: Record<string, unknown>, at: number): GivenMessage[] {
  const path = `input[${at}]`;
  const { type } = given;
  if (type === "reasoning") return [];
  if (type !== undefined && type !== "message") throw notSupported(`${path}.type`);
  const { content, ...rest } = withoutUnsupported(
    given,
    { id: anything, status: oneOf("completed", "incomplete") },
    `${path}.`,
  );
  const { role } = parseParameters(messageSchema, rest, ["input", at]);
  if (content === undefined) throw badParameter(`${path}.content`, "invalid_parameter", "It is missing.");
  return [{ role, content: textOf(content, ["input_text", "output_text"], `${path}.content`) }];
}
