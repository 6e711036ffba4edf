import type { PromptMessage, ReplySoFar, ThoughtLimit } from "../../contract/engineProtocol.ts";
import type { Thinking } from "../../contract/chats.ts";
import type { ServerAbilities, ServerDialect } from "../../contract/servers.ts";
import { openAiUrl, ownUrl } from "./serverAddress.ts";

/** How a reply is drawn. Null stands for the server's own default. */
export interface WireSampling {
  temperature: number | null;
  topP: number | null;
  topK: number | null;
  minP: number | null;
  seed: number | null;
}

/** What a server is asked to write. */
export interface WireRequest {
  model: string;
  /** Without earlier thoughts. */
  messages: readonly PromptMessage[];
  thinking: Thinking;
  sampling: WireSampling;
  maxTokens: number | null;
  /** Null: the server's own choice. */
  contextSize: number | null;
  thoughtLimit: ThoughtLimit | null;
  soFar: ReplySoFar | null;
  /** What the answer conforms to, as a JSON schema. Null: it is free. */
  schema: object | null;
}

const nothing: ServerAbilities = {
  endsThought: false,
  skipsThinking: false,
  continues: false,
  continuesThought: false,
  countsTokens: false,
  showsPrompt: false,
  followsSchema: false,
};

/** What each kind of server can do, as its documentation says: see docs/servers.md. Some models differ: `abilitiesWith`. */
export const abilitiesOf: Readonly<Record<ServerDialect, ServerAbilities>> = {
  deepseek: { ...nothing, skipsThinking: true },
  "llama-server": {
    endsThought: true,
    skipsThinking: true,
    continues: true,
    continuesThought: true,
    countsTokens: true,
    showsPrompt: true,
    followsSchema: true,
  },
  vllm: {
    ...nothing,
    skipsThinking: true,
    continues: true,
    countsTokens: true,
    showsPrompt: true,
    followsSchema: true,
  },
  sglang: { ...nothing, skipsThinking: true, continues: true, followsSchema: true },
  ollama: { ...nothing, skipsThinking: true, followsSchema: true },
  "lm-studio": { ...nothing, followsSchema: true },
  other: { ...nothing, skipsThinking: true },
};

/** Whether a model of DeepSeek's thinks in any case: there, another one of the list answers without a thought. */
export const alwaysThinks = (model: string): boolean => model === "deepseek-reasoner";

/** Returns what a server can do with one of its models. `skipsThinking`: what it says of this one, or null. */
export const abilitiesWith = (
  { dialect }: { dialect: ServerDialect | null },
  { skipsThinking }: { skipsThinking: boolean | null },
): ServerAbilities => {
  const usual = abilitiesOf[dialect ?? "other"];
  return skipsThinking === null ? usual : { ...usual, skipsThinking };
};

type Body = Record<string, unknown>;

/** Returns where a reply is asked for, and how. */
export function replyRequest(url: string, dialect: ServerDialect, request: WireRequest): { url: URL; body: Body } {
  if (dialect === "ollama") return { url: ownUrl(url, "api/chat"), body: ollamaBody(request) };
  const body = { ...commonBody(request), ...own[dialect]?.(request) };
  return { url: openAiUrl(url, "chat/completions"), body };
}

/** Returns the fields that decide how a prompt is written, for calls that only count or show it. */
export function promptBody(request: Pick<WireRequest, "messages" | "thinking" | "soFar">): Body {
  return { ...promptMessages(request), ...templateSwitch(request) };
}

function commonBody({ model, sampling, maxTokens, schema, ...request }: WireRequest): Body {
  return {
    model,
    messages: request.messages,
    stream: true,
    stream_options: { include_usage: true },
    ...given("temperature", sampling.temperature),
    ...given("top_p", sampling.topP),
    ...given("seed", sampling.seed),
    ...given("max_tokens", maxTokens),
    ...(schema !== null && {
      response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
    }),
  };
}

/** What differs from the common body, by kind of server. */
const own: Partial<Record<ServerDialect, (request: WireRequest) => Body>> = {
  // It knows neither a seed nor anything beyond OpenAI's fields but the switch, which its older names do without.
  deepseek: ({ model, thinking }) => ({
    seed: undefined,
    ...(thinking !== "auto" &&
      !alwaysThinks(model) && { thinking: { type: thinking === "on" ? "enabled" : "disabled" } }),
  }),
  "lm-studio": ({ thinking }) => (thinking === "off" ? { reasoning_effort: "none" } : {}),
  "llama-server": (request) => ({
    ...promptBody(request),
    ...unusualSampling(request),
    ...(request.thinking === "off" && { reasoning_effort: "none" }),
    // R1's own template has no switch. With 0, the line break that it has after <think> is taken for the end of the thought.
    ...given("reasoning_budget_tokens", request.thinking === "off" ? 1 : (request.thoughtLimit?.tokens ?? null)),
    return_progress: true,
    reasoning_control: true,
  }),
  vllm: (request) => ({ ...promptBody(request), ...unusualSampling(request) }),
  sglang: (request) => ({
    ...promptBody(request),
    ...unusualSampling(request),
    // There, 0 is refused.
    ...(request.sampling.topK === 0 && { top_k: -1 }),
    separate_reasoning: true,
  }),
  other: ({ thinking }) => (thinking === "off" ? { reasoning_effort: "none" } : {}),
};

function ollamaBody({ model, messages, thinking, sampling, maxTokens, contextSize, schema }: WireRequest): Body {
  return {
    model,
    messages,
    stream: true,
    ...(thinking !== "auto" && { think: thinking === "on" }),
    ...(schema !== null && { format: schema }),
    options: {
      ...given("temperature", sampling.temperature),
      ...given("top_p", sampling.topP),
      ...given("top_k", sampling.topK),
      ...given("min_p", sampling.minP),
      ...given("seed", sampling.seed),
      ...given("num_predict", maxTokens),
      ...given("num_ctx", contextSize),
    },
  };
}

const unusualSampling = ({ sampling }: WireRequest): Body => ({
  ...given("top_k", sampling.topK),
  ...given("min_p", sampling.minP),
});

/** Templates name the switch differently. Those that have none ignore it. */
const templateSwitch = ({ thinking }: Pick<WireRequest, "thinking">): Body =>
  thinking === "auto"
    ? {}
    : { chat_template_kwargs: { enable_thinking: thinking === "on", thinking: thinking === "on" } };

/** A reply that is continued stands at the end of the messages. */
function promptMessages({ messages, soFar }: Pick<WireRequest, "messages" | "soFar">): Body {
  if (soFar === null) return { messages };
  const { thought, answer } = soFar;
  return {
    messages: [...messages, { role: "assistant", content: answer, ...(thought && { reasoning_content: thought }) }],
    add_generation_prompt: false,
    continue_final_message: true,
  };
}

const given = (name: string, value: number | null): Body => (value === null ? {} : { [name]: value });
