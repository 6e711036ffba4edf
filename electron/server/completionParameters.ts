import { z } from "zod";
import {
  bookkeeping,
  never,
  ofTokens,
  oneOf,
  parseParameters,
  type Unsupported,
  withoutUnsupported,
} from "./parameters.ts";
import {
  commonParameters,
  type ReplyWish,
  seedParameter,
  stopParameter,
  streamOptions,
  tokenLimit,
} from "./ReplyWish.ts";

const unsupported: Unsupported = {
  ...bookkeeping,
  ...ofTokens,
  best_of: oneOf(1),
  echo: oneOf(false),
  suffix: oneOf(""),
  logprobs: never,
};

const promptText = z.string().regex(/\S/, "It must not be empty.");

const schema = z.strictObject({
  ...commonParameters,
  prompt: z.union([promptText, z.tuple([promptText])], {
    error: ({ input }) => (input === undefined ? undefined : "It must be one text. Lists of tokens are not supported."),
  }),
  max_tokens: tokenLimit.optional(),
  stop: stopParameter,
  seed: seedParameter.optional(),
  stream_options: streamOptions,
});

export interface CompletionWish extends ReplyWish {
  includesUsage: boolean;
}

/** Returns what a request to /v1/completions asks for: its text is continued as it is. Throws an `ApiFailure`. */
export function completionParameters(body: Record<string, unknown>): CompletionWish {
  const given = parseParameters(schema, withoutUnsupported(body, unsupported));
  return {
    model: given.model ?? null,
    messages: [],
    plainText: typeof given.prompt === "string" ? given.prompt : given.prompt[0],
    thinking: "auto",
    temperature: given.temperature,
    topP: given.top_p,
    seed: given.seed,
    maxTokens: given.max_tokens ?? null,
    stop: given.stop,
    isStream: given.stream,
    includesUsage: given.stream_options.include_usage,
  };
}
