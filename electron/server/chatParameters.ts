import { z } from "zod";
import { badParameter } from "./ApiFailure.ts";
import {
  anything,
  bookkeeping,
  isEmptyList,
  never,
  ofTokens,
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
  seedParameter,
  stopParameter,
  streamOptions,
  textOf,
  thinkingOf,
  tokenLimit,
} from "./ReplyWish.ts";

const unsupported: Unsupported = {
  ...bookkeeping,
  ...ofTokens,
  ...ofTools,
  logprobs: oneOf(false),
  functions: isEmptyList,
  function_call: oneOf("none", "auto"),
  modalities: (value) => JSON.stringify(value) === '["text"]',
  audio: never,
  prediction: never,
  web_search_options: never,
  verbosity: oneOf("medium"),
  // llama-server's.
  timings_per_token: oneOf(false),
};

/** Of a message. Thoughts of earlier turns are left out of every prompt, so it makes no difference that they are sent. */
const unsupportedOfMessage: Unsupported = {
  reasoning_content: anything,
  reasoning: anything,
  annotations: isEmptyList,
  tool_calls: isEmptyList,
  function_call: never,
  refusal: never,
  audio: never,
  name: never,
};

const responseFormat = z
  .discriminatedUnion("type", [
    ...plainFormats,
    z.strictObject({ type: z.literal("json_schema"), json_schema: z.strictObject(schemaFields) }),
  ])
  .default({ type: "text" });

const schema = z.strictObject({
  ...commonParameters,
  messages: z.array(z.record(z.string(), z.unknown())).min(1).max(10_000),
  max_tokens: tokenLimit.optional(),
  max_completion_tokens: tokenLimit.optional(),
  stop: stopParameter,
  seed: seedParameter.optional(),
  reasoning_effort: z.string().max(20).optional(),
  chat_template_kwargs: z.strictObject({ enable_thinking: z.boolean().optional() }).default({}),
  response_format: responseFormat,
  stream_options: streamOptions,
  return_progress: z.boolean().default(false),
});

export interface ChatWish extends ReplyWish {
  /** Whether a stream ends with the numbers of tokens. */
  includesUsage: boolean;
  /** Whether a stream says how much of the prompt was read, as llama-server's does. */
  includesProgress: boolean;
}

/** Returns what a request to /v1/chat/completions asks for. Throws an `ApiFailure` that names what is wrong. */
export function chatParameters(body: Record<string, unknown>): ChatWish {
  const given = parseParameters(schema, withoutUnsupported(body, unsupported));
  const { max_tokens, max_completion_tokens, response_format: format } = given;
  if (max_tokens !== undefined && max_completion_tokens !== undefined && max_tokens !== max_completion_tokens) {
    throw badParameter("max_tokens", "invalid_parameter", "max_tokens and max_completion_tokens differ.");
  }
  const thinking = thinkingOf(given.reasoning_effort, "reasoning_effort");
  return {
    model: given.model ?? null,
    messages: promptMessages(given.messages.map(givenMessage), "messages"),
    thinking: given.chat_template_kwargs.enable_thinking === false ? "off" : thinking,
    temperature: given.temperature,
    topP: given.top_p,
    seed: given.seed,
    maxTokens: max_completion_tokens ?? max_tokens ?? null,
    stop: given.stop,
    ...(format.type === "json_object" && answerForm({ type: "object" }, "response_format")),
    ...(format.type === "json_schema" && answerForm(format.json_schema.schema, "response_format.json_schema.schema")),
    isStream: given.stream,
    includesUsage: given.stream_options.include_usage,
    includesProgress: given.return_progress,
  };
}

const messageSchema = z.strictObject({ role: z.enum(["system", "developer", "user", "assistant"]) });

function givenMessage(message: Record<string, unknown>, at: number): GivenMessage {
  const path = `messages[${at}]`;
  const { content, ...rest } = withoutUnsupported(message, unsupportedOfMessage, `${path}.`);
  const { role } = parseParameters(messageSchema, rest, ["messages", at]);
  return { role, content: textOf(content, ["text"], `${path}.content`) };
}
