import { z } from "zod";
import type { Thinking } from "../contract/chats.ts";
import type { PromptMessage } from "../contract/engineProtocol.ts";
import type { AnswerForm } from "../workbench/engines/Session.ts";
import { badParameter } from "./ApiFailure.ts";
import { grammarOf } from "./grammarOf.ts";
import { anything, isEmptyList, notSupported, type Unsupported, withoutUnsupported } from "./parameters.ts";

/** What a request asks for, in whichever of OpenAI's forms it came. */
export interface ReplyWish {
  /** As the request names it. Null: the default model. */
  model: string | null;
  messages: PromptMessage[];
  /** See `PromptParams`. */
  plainText?: string;
  thinking: Thinking;
  temperature: number | undefined;
  topP: number | undefined;
  seed: number | undefined;
  maxTokens: number | null;
  stop: readonly string[];
  form?: AnswerForm;
  isStream: boolean;
}

/** The parameters that all forms have. */
export const commonParameters = {
  model: z.string().min(1).max(300).optional(),
  stream: z.boolean().default(false),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().gt(0).max(1).optional(),
};

export const tokenLimit = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

export const seedParameter = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const stopString = z.string().min(1).max(200);
export const stopParameter = z
  .union([stopString, z.array(stopString).max(16)], {
    error: "It must be a text of at most 200 characters, or a list of at most 16 of them.",
  })
  .default([])
  .transform((stop) => (typeof stop === "string" ? [stop] : stop));

export const streamOptions = z
  .strictObject({ include_usage: z.boolean().default(false), include_obfuscation: z.boolean().default(false) })
  .default({ include_usage: false, include_obfuscation: false });

/** Forms of an answer that ask for no schema. */
export const plainFormats = [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
] as const;

/** A schema that an answer conforms to, and what is said of it. */
export const schemaFields = {
  name: z.string().max(64).optional(),
  description: z.string().max(10_000).optional(),
  strict: z.boolean().nullish(),
  schema: z.record(z.string(), z.unknown()),
};

/** Returns the form of an answer that conforms to a schema. Throws as `grammarOf` does. */
export const answerForm = (schema: Record<string, unknown>, param: string): { form: AnswerForm } => ({
  form: { schema, grammar: grammarOf(schema, param) },
});

/** R1 thinks or it does not: it knows no degrees. */
export function thinkingOf(effort: string | undefined, param: string): Thinking {
  if (effort === undefined) return "on";
  if (effort === "none") return "off";
  throw badParameter(param, "unsupported_parameter", `${param} may only be "none". R1 thinks as long as it needs.`);
}

/** A message as it came, with its role in OpenAI's words. */
export interface GivenMessage {
  role: "system" | "developer" | "user" | "assistant";
  content: string;
}

/**
 * Returns the messages of a prompt. The instructions of all system messages stand at its beginning, because a prompt has
 * room for one. Throws an `ApiFailure` unless the last message is the user's.
 */
export function promptMessages(given: readonly GivenMessage[], param: string): PromptMessage[] {
  if (given.at(-1)?.role !== "user") {
    throw badParameter(param, "invalid_parameter", `The last one of ${param} must be the user's.`);
  }
  const isInstruction = ({ role }: GivenMessage): boolean => role === "system" || role === "developer";
  const instructions = given.filter(isInstruction).map(({ content }) => content);
  const turns = given.flatMap(({ role, content }): PromptMessage[] =>
    role === "user" || role === "assistant" ? [{ role, content }] : [],
  );
  return instructions.length === 0 ? turns : [{ role: "system", content: instructions.join("\n\n") }, ...turns];
}

/** An answer that is sent back has the first two. The prompt's beginning is always kept, as the third asks. */
const unsupportedOfPart: Unsupported = { annotations: isEmptyList, logprobs: isEmptyList, cache_control: anything };

/** Returns a message's text, whose parts must all be text. Throws an `ApiFailure`. */
export function textOf(content: unknown, types: readonly string[], param: string): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content))
    throw badParameter(param, "invalid_parameter", `${param} must be a text or a list of texts.`);
  return content
    .map((part: unknown, at) => {
      const { type, text, ...rest } = (part ?? {}) as Record<string, unknown>;
      if (typeof type !== "string" || !types.includes(type)) {
        const supported = types.map((one) => `"${one}"`).join(" or ");
        const path = `${param}[${at}].type`;
        throw badParameter(path, "unsupported_parameter", `${path} must be ${supported}. Only texts are supported.`);
      }
      if (typeof text !== "string")
        throw badParameter(`${param}[${at}].text`, "invalid_parameter", "It must be a text.");
      const [unknown] = Object.keys(withoutUnsupported(rest, unsupportedOfPart, `${param}[${at}].`));
      if (unknown !== undefined) throw notSupported(`${param}[${at}].${unknown.slice(0, 100)}`);
      return text;
    })
    .join("");
}
