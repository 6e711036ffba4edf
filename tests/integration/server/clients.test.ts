import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import OpenAI, { APIUserAbortError, AuthenticationError, BadRequestError, NotFoundError } from "openai";
import { expect, test } from "vitest";
import { serveR1 } from "../../support/cli/serveR1.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const messages = [{ role: "user" as const, content: "What is 2 + 3?" }];

test("OpenAI’s own client", async () => {
  const { url, key, child } = await serveR1(await temporaryFolder());
  expect(Buffer.from(key.replace(/^r1-/, ""), "base64url")).toHaveLength(32);
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
  const models = (await openai.models.list()).data.map(({ id }) => id);
  expect(models).toContain("r1-nano");
  const model = "r1-nano";
  expect((await openai.models.retrieve(model)).id).toBe(model);

  const whole = await openai.chat.completions.create({ model, messages, seed: 1 });
  const { content } = whole.choices[0]?.message ?? {};
  expect(content).toContain("5");
  const stream = await openai.chat.completions.create({
    model,
    messages,
    seed: 1,
    stream: true,
    stream_options: { include_usage: true },
  });
  let streamed = "";
  let thought = "";
  let total = 0;
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta as { content?: string; reasoning_content?: string } | undefined;
    streamed += delta?.content ?? "";
    thought += delta?.reasoning_content ?? "";
    total = chunk.usage?.total_tokens ?? total;
  }
  expect(streamed).toBe(content);
  expect(thought).not.toBe("");
  expect(total).toBe(whole.usage?.total_tokens);

  const completion = await openai.completions.create({ model, prompt: "What is", max_tokens: 4, seed: 1 });
  expect(completion.usage?.completion_tokens).toBeLessThanOrEqual(4);

  const response = await openai.responses.create({ model, input: "What is 2 + 3?" });
  expect(response.status).toBe("completed");
  expect(response.output.map(({ type }) => type)).toEqual(["reasoning", "message"]);
  expect(response.output_text).not.toBe("");
  const events = openai.responses.stream({ model, input: "What is 2 + 3?" });
  let told = "";
  events.on("response.output_text.delta", ({ delta }) => {
    told += delta;
  });
  const final = await events.finalResponse();
  expect(final.output_text).toBe(told);

  const schema = {
    type: "object",
    properties: { sum: { type: "integer" } },
    required: ["sum"],
    additionalProperties: false,
  };
  const formed = await openai.chat.completions.create({
    model,
    messages,
    response_format: { type: "json_schema", json_schema: { name: "sum", strict: true, schema } },
  });
  expect(Object.keys(JSON.parse(formed.choices[0]?.message.content ?? "") as object)).toEqual(["sum"]);

  const tools = [{ type: "function" as const, function: { name: "add" } }];
  await expect(openai.chat.completions.create({ model, messages, tools })).rejects.toMatchObject({
    constructor: BadRequestError,
    param: "tools",
  });
  await expect(openai.chat.completions.create({ model: "gpt-5", messages })).rejects.toThrow(NotFoundError);
  const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: "sk-other", maxRetries: 0 });
  await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);

  const leaving = new AbortController();
  const left = await openai.chat.completions.create({ model, messages, stream: true }, { signal: leaving.signal });
  leaving.abort();
  await (async () => {
    for await (const _ of left) {
      // Nothing is expected to come.
    }
  })().catch((error: unknown) => expect(error).toBeInstanceOf(APIUserAbortError));

  // A permanent failure is not tried again, although this client would try twice.
  const patient = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 2 });
  const before = performance.now();
  await expect(
    patient.chat.completions.create({ model, messages: [{ role: "user", content: "x ".repeat(5000) }] }),
  ).rejects.toThrow(BadRequestError);
  expect(performance.now() - before).toBeLessThan(20_000);
  expect(child.exitCode).toBeNull();
});

test("the client of Vercel’s AI SDK", async () => {
  const { url, key } = await serveR1(await temporaryFolder());
  const provider = createOpenAICompatible({
    name: "r1",
    baseURL: `${url}/v1`,
    apiKey: key,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const model = provider.chatModel("r1-nano");
  const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "What is 2 + 3?" }] }];
  const whole = await model.doGenerate({ prompt, seed: 1, maxOutputTokens: 200 });
  expect(whole.content.map(({ type }) => type).toSorted()).toEqual(["reasoning", "text"]);
  const { stream } = await model.doStream({ prompt, seed: 1, maxOutputTokens: 200 });
  const parts: { type: string; delta?: string }[] = [];
  for await (const part of stream) parts.push(part);
  const text = parts.map(({ type, delta }) => (type === "text-delta" ? delta : "")).join("");
  expect(whole.content.find(({ type }) => type === "text")).toMatchObject({ text });
  expect(parts.some(({ type }) => type === "reasoning-delta")).toBe(true);
  expect(parts.at(-1)).toMatchObject({ type: "finish" });
  const schema = {
    type: "object" as const,
    properties: { sum: { type: "integer" as const } },
    required: ["sum"],
    additionalProperties: false,
  };
  const formed = await model.doGenerate({ prompt, responseFormat: { type: "json", name: "sum", schema } });
  const answer = formed.content.find(({ type }) => type === "text") as { text: string };
  expect(Object.keys(JSON.parse(answer.text) as object)).toEqual(["sum"]);
});
