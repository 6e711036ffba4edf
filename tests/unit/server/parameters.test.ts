import { describe, expect, test } from "vitest";
import { chatParameters } from "../../../electron/server/chatParameters.ts";
import { completionParameters } from "../../../electron/server/completionParameters.ts";
import { responseParameters } from "../../../electron/server/responseParameters.ts";

const messages = [{ role: "user", content: "Hello" }];

function refused(read: () => unknown): { param: string | null; message: string } {
  try {
    read();
  } catch (error) {
    const { status, body } = error as { status: number; body: { error: { param: string | null; message: string } } };
    expect(status).toBe(400);
    return body.error;
  }
  throw new Error("Nothing was refused.");
}

/** Returns the parameter that is to blame. */
const blamed = (read: () => unknown): string | null => refused(read).param;

describe("chat completions", () => {
  test("what programs usually send", () => {
    const wish = chatParameters({
      model: "r1",
      messages: [
        { role: "developer", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "Hel" },
            { type: "text", text: "lo" },
          ],
        },
        { role: "assistant", content: "Hi", reasoning_content: "hm", refusal: null, tool_calls: null, annotations: [] },
        { role: "system", content: "In French." },
        { role: "user", content: "And now?" },
      ],
      max_completion_tokens: 5,
      stop: "END",
      seed: 7,
      temperature: 0,
      top_p: 0.5,
      reasoning_effort: "none",
      stream: true,
      stream_options: { include_usage: true },
      n: 1,
      tools: [],
      tool_choice: "auto",
      logit_bias: {},
      logprobs: false,
      presence_penalty: 0,
      user: "me",
      metadata: { a: "b" },
      store: false,
      frequency_penalty: null,
    });
    expect(wish).toMatchObject({
      model: "r1",
      messages: [
        { role: "system", content: "Be brief.\n\nIn French." },
        { role: "user", content: "Hello" },
        { role: "assistant", content: "Hi" },
        { role: "user", content: "And now?" },
      ],
      thinking: "off",
      temperature: 0,
      topP: 0.5,
      seed: 7,
      maxTokens: 5,
      stop: ["END"],
      isStream: true,
      includesUsage: true,
    });
    expect(chatParameters({ messages })).toMatchObject({
      model: null,
      thinking: "on",
      maxTokens: null,
      stop: [],
      isStream: false,
    });
    const off = chatParameters({ messages, chat_template_kwargs: { enable_thinking: false } });
    expect(off.thinking).toBe("off");
  });

  test.each([
    ["tools", { tools: [{ type: "function", function: { name: "f" } }] }],
    ["functions", { functions: [{ name: "f" }] }],
    ["tool_choice", { tool_choice: "required" }],
    ["logprobs", { logprobs: true }],
    ["n", { n: 2 }],
    ["n", { n: 1000 }],
    ["logit_bias", { logit_bias: { 50256: -100 } }],
    ["presence_penalty", { presence_penalty: 0.1 }],
    ["frequency_penalty", { frequency_penalty: -1 }],
    ["audio", { audio: { voice: "x" } }],
    ["modalities", { modalities: ["text", "audio"] }],
    ["store", { store: true }],
    ["reasoning_effort", { reasoning_effort: "high" }],
    ["temperature", { temperature: -1 }],
    ["temperature", { temperature: 1e9 }],
    ["temperature", { temperature: Number.POSITIVE_INFINITY }],
    ["temperature", { temperature: "0.6" }],
    ["top_p", { top_p: 0 }],
    ["max_tokens", { max_tokens: -1 }],
    ["max_tokens", { max_tokens: 0 }],
    ["max_tokens", { max_tokens: 2 ** 31 }],
    ["max_tokens", { max_tokens: 1.5 }],
    ["max_tokens", { max_tokens: 1, max_completion_tokens: 2 }],
    ["seed", { seed: -1 }],
    ["stop", { stop: Array.from({ length: 10_000 }, () => "x") }],
    ["stop[0]", { stop: [""] }],
    ["stream", { stream: "yes" }],
    ["n_probs", { n_probs: -1 }],
    ["grammar", { grammar: 'root ::= "x"' }],
    ["constructor", { constructor: 1 }],
    ["response_format.type", { response_format: { type: "regex" } }],
    ["messages", { messages: [] }],
    ["messages", { messages: Array.from({ length: 100_000 }, () => ({ role: "user", content: "" })) }],
    ["messages", { messages: [{ role: "assistant", content: "x" }] }],
    ["messages[0].role", { messages: [{ role: "tool", content: "x" }, ...messages] }],
    ["messages[0].role", { messages: [{ content: "x" }] }],
    ["messages[0].content", { messages: [{ role: "user" }] }],
    ["messages[0].content[0].more", { messages: [{ role: "user", content: [{ type: "text", text: "x", more: 1 }] }] }],
    [
      "messages[0].content[0].type",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:" } }] }] },
    ],
    ["messages[0].tool_calls", { messages: [{ role: "assistant", content: "", tool_calls: [{}] }, ...messages] }],
    ["messages[0].foo", { messages: [{ role: "user", content: "x", foo: 1 }] }],
  ])("%s is named when it is wrong", (param, change) => {
    expect(blamed(() => chatParameters({ messages, ...change }))).toBe(param);
  });

  test("a schema becomes a grammar; one that cannot be kept is refused", () => {
    const format = (schema: object) => ({
      response_format: { type: "json_schema", json_schema: { name: "x", strict: true, schema } },
    });
    expect(chatParameters({ messages, ...format({ type: "boolean" }) }).form?.grammar).toContain("root ::= boolean");
    expect(blamed(() => chatParameters({ messages, ...format({ type: "string", pattern: "a" }) }))).toBe(
      "response_format.json_schema.schema.pattern",
    );
  });
});

describe("completions", () => {
  test("a text is continued as it is", () => {
    expect(completionParameters({ prompt: ["Once"], max_tokens: 3 })).toMatchObject({
      plainText: "Once",
      maxTokens: 3,
    });
  });

  test.each([
    ["prompt", {}],
    ["prompt", { prompt: "" }],
    ["prompt", { prompt: [1, 2] }],
    ["prompt", { prompt: ["a", "b"] }],
    ["echo", { prompt: "a", echo: true }],
    ["suffix", { prompt: "a", suffix: "b" }],
    ["logprobs", { prompt: "a", logprobs: 3 }],
    ["best_of", { prompt: "a", best_of: 2 }],
  ])("%s is named when it is wrong", (param, body) => {
    expect(blamed(() => completionParameters(body))).toBe(param);
  });
});

describe("responses", () => {
  test("a text, or messages with what was answered before", () => {
    expect(responseParameters({ input: "Hello", instructions: "Be brief." }).messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hello" },
    ]);
    const input = [
      { role: "user", content: [{ type: "input_text", text: "Hello" }] },
      { type: "reasoning", id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "hm" }] },
      {
        type: "message",
        id: "msg_1",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text: "Hi" }],
      },
      { role: "user", content: "And now?" },
    ];
    expect(responseParameters({ input, reasoning: { effort: "none" } })).toMatchObject({
      thinking: "off",
      messages: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: "Hi" },
        { role: "user", content: "And now?" },
      ],
    });
  });

  test.each([
    ["input", {}],
    ["previous_response_id", { input: "a", previous_response_id: "resp_1" }],
    ["store", { input: "a", store: true }],
    ["tools", { input: "a", tools: [{ type: "web_search" }] }],
    ["truncation", { input: "a", truncation: "auto" }],
    ["reasoning.effort", { input: "a", reasoning: { effort: "low" } }],
    ["input[0].type", { input: [{ type: "function_call_output", output: "x" }] }],
    ["input[0].content[0].type", { input: [{ role: "user", content: [{ type: "input_image" }] }] }],
    [
      "text.format.schema.pattern",
      { input: "a", text: { format: { type: "json_schema", schema: { type: "string", pattern: "x" } } } },
    ],
  ])("%s is named when it is wrong", (param, body) => {
    expect(blamed(() => responseParameters(body))).toBe(param);
  });
});

test.each([
  ["messages: It is missing.", {}],
  ["messages: The number of its elements must be at least 1.", { messages: [] }],
  ["messages: It must be a list.", { messages: "Hello" }],
  ["temperature: It must be at most 2.", { messages, temperature: 3 }],
  ["top_p: It must be more than 0.", { messages, top_p: 0 }],
  ["max_tokens: It must be a whole number.", { messages, max_tokens: 1.5 }],
  ["stream: It must be true or false.", { messages, stream: "yes" }],
  ["model: Its length in characters must be at least 1.", { messages, model: "" }],
  [
    'messages[0].role: It must be "system" or "developer" or "user" or "assistant".',
    { messages: [{ role: "tool", content: "x" }] },
  ],
  [
    'messages[0].content[0].type must be "text". Only texts are supported.',
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:" } }] }] },
  ],
])("what is wrong is said in plain words: %s", (message, body) => {
  expect(refused(() => chatParameters(body)).message).toBe(message);
});

test.each([
  ["prompt: It is missing.", {}],
  ["prompt: It must not be empty.", { prompt: "" }],
  ["prompt: It must be one text. Lists of tokens are not supported.", { prompt: [1, 2] }],
])("a prompt that cannot be continued: %s", (message, body) => {
  expect(refused(() => completionParameters(body)).message).toBe(message);
});
