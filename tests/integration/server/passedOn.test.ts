import { once } from "node:events";
import type { ServerResponse } from "node:http";
import OpenAI, { APIUserAbortError, BadRequestError } from "openai";
import { expect, test } from "vitest";
import { replyWaits } from "../../../electron/workbench/servers/replyWaits.ts";
import { serveTestWorkbench, type ServedWorkbench } from "../../support/serveTestWorkbench.ts";
import {
  delta,
  eventText,
  json,
  type Script,
  scriptedServer,
  sent,
  stream,
} from "../../support/servers/scriptedServer.ts";

const name = "/models/DeepSeek-R1-Distill-Qwen-7B.gguf";
const messages = [{ role: "user" as const, content: "What is 2 + 3?" }];
const usage = {
  choices: [],
  usage: { prompt_tokens: 12, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4 } },
};
const sum = [
  delta({ reasoning_content: "2 and 3 " }),
  delta({ reasoning_content: "make 5." }),
  delta({ content: "\n\nIt is " }),
];
const whole = stream(...sum, delta({ content: "5." }), delta({}, "stop"), usage);

/** A server as llama-server is, with one model, which answers as scripted after its test. */
function llamaServer(...scripts: Script[]) {
  return scriptedServer({
    "/v1/models": json({ data: [{ id: name, owned_by: "llamacpp", meta: { n_ctx: 4096 } }] }),
    "/v1/chat/completions": [whole, ...scripts],
  });
}

/** Serves a workbench that has this server among its own. Resolves with the id of its model, and a client of OpenAI's. */
async function passOn(url: string, options: Parameters<typeof serveTestWorkbench>[0] = {}) {
  const quick = { ...replyWaits, retryMs: [1, 1] };
  const served = await serveTestWorkbench({ workbench: { serverWaits: quick }, ...options });
  return { ...served, ...(await addServer(served, "Box", url)), openai: clientOf(served) };
}

async function addServer({ workbench }: ServedWorkbench, serverName: string, url: string) {
  const { id: serverId } = await workbench.call("servers.add", { name: serverName, url });
  const tested = await workbench.call("servers.test", { serverId });
  expect(tested.test).toMatchObject({ state: "done" });
  return { serverId, tested, model: tested.models[0]?.modelId ?? "" };
}

const clientOf = ({ url, key }: ServedWorkbench): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });

test("a model of a server on this machine is offered on, by the client of OpenAI", async () => {
  const box = await llamaServer(whole);
  const { openai, model, newestIs } = await passOn(box.url);
  const listed = (await openai.models.list()).data.find(({ id }) => id === model);
  expect(listed).toMatchObject({ owned_by: "r1-workbench:Box", meta: { n_ctx_train: 4096 } });
  expect(await openai.models.retrieve(model)).toMatchObject({ id: model });

  const earlier = { role: "assistant" as const, content: "<think>Before.</think>Yes." };
  const reply = await openai.chat.completions.create({
    model,
    messages: [{ role: "developer", content: "Be short." }, ...messages, earlier, ...messages],
    max_completion_tokens: 5,
    seed: 7,
  });
  expect(reply).toMatchObject({
    model,
    choices: [{ finish_reason: "stop", message: { content: "It is 5.", reasoning_content: "2 and 3 make 5." } }],
    usage: { prompt_tokens: 12, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4 } },
    timings: { clock: "r1-workbench", counts: "usage", cache_n: 4, prompt_n: 8, predicted_n: 5 },
  });
  expect(reply).not.toHaveProperty("timings.prompt_ms");
  expect(box.requests.at(-1)?.body).toMatchObject({
    model: name,
    messages: [
      { role: "system", content: "Be short." },
      messages[0],
      { role: "assistant", content: "Yes." },
      messages[0],
    ],
    max_tokens: 5,
    seed: 7,
    temperature: 0.6,
    top_p: 0.95,
  });
  expect(await newestIs("done")).toMatchObject({ model: "DeepSeek-R1-Distill-Qwen-7B", writtenTokens: 5 });

  const events = await openai.chat.completions.create({
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  const texts = { thought: "", answer: "" };
  let last: OpenAI.ChatCompletionChunk | null = null;
  for await (const chunk of events) {
    const piece = chunk.choices[0]?.delta as { content?: string; reasoning_content?: string } | undefined;
    texts.thought += piece?.reasoning_content ?? "";
    texts.answer += piece?.content ?? "";
    last = chunk;
  }
  expect(texts).toEqual({ thought: "2 and 3 make 5.", answer: "It is 5." });
  expect(last).toMatchObject({ usage: { total_tokens: 17 }, timings: { clock: "r1-workbench" } });

  const response = await openai.responses.create({ model, input: "What is 2 + 3?" });
  expect(response).toMatchObject({ status: "completed", output_text: "It is 5." });
  const stopped = await openai.chat.completions.create({ model, messages, stop: [" is"] });
  expect(stopped.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "It" } });
  expect(box.requests.at(-1)?.body).not.toHaveProperty("stop");
});

test("the reply on the server ends with the program, and no more than eight are written there at once", async () => {
  const open: ServerResponse[] = [];
  const closed: Promise<unknown>[] = [];
  const box = await llamaServer((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(eventText(sum[0]));
    open.push(response);
    closed.push(once(response, "close"));
  });
  const { openai, model, newestIs } = await passOn(box.url);
  const leaving = new AbortController();
  const ask = (signal?: AbortSignal) =>
    openai.chat.completions.create({ model, messages, stream: true }, { ...(signal && { signal }) });
  const first = await ask(leaving.signal);
  const left = (async () => {
    for await (const { choices } of first) if (choices[0]?.delta.content !== "") leaving.abort();
  })().catch((error: unknown) => expect(error).toBeInstanceOf(APIUserAbortError));
  await left;
  await closed[0];
  await newestIs("stopped");
  expect(closed).toHaveLength(1);

  const eight = await Promise.all(Array.from({ length: 8 }, () => ask()));
  await expect(ask()).rejects.toMatchObject({ status: 429 });
  await expect.poll(() => open.length, { timeout: 20_000 }).toBe(9);
  for (const response of open) response.end(eventText(delta({}, "stop")) + eventText("[DONE]"));
  for (const events of eight) {
    let finish: string | null = null;
    for await (const { choices } of events) finish = choices[0]?.finish_reason ?? finish;
    expect(finish).toBe("stop");
  }
});

test("a schema is passed on, and what a server cannot do is refused by name", async () => {
  const schema = { type: "object", properties: { sum: { type: "integer" } }, required: ["sum"] };
  const box = await llamaServer(stream(delta({ reasoning_content: "5." }), delta({ content: '{"sum":5}' }, "stop")));
  const { openai, model, ...served } = await passOn(box.url);
  const response_format = { type: "json_schema" as const, json_schema: { name: "sum", schema } };
  const formed = await openai.chat.completions.create({ model, messages, response_format });
  expect(formed.choices[0]?.message).toMatchObject({ content: '{"sum":5}', reasoning_content: "5." });
  expect(box.requests.at(-1)?.body).toMatchObject({
    response_format: { type: "json_schema", json_schema: { schema } },
  });
  const asked = box.requests.length;
  const refusal = { constructor: BadRequestError, code: "unsupported_parameter" };
  await expect(openai.completions.create({ model, prompt: "Once" })).rejects.toMatchObject({
    ...refusal,
    param: "prompt",
  });

  const deepSeek = await scriptedServer({
    "/v1/models": json({ data: [{ id: "deepseek-reasoner", owned_by: "deepseek" }] }),
    "/v1/chat/completions": whole,
  });
  const { model: other } = await addServer(served, "Other", deepSeek.url);
  const about = (more: object, stream = false) =>
    openai.chat.completions.create({ model: other, messages, ...more, stream } as OpenAI.ChatCompletionCreateParams);
  await expect(about({ response_format })).rejects.toMatchObject({ ...refusal, param: "response_format" });
  await expect(about({ response_format }, true)).rejects.toMatchObject({ ...refusal, param: "response_format" });
  await expect(about({ reasoning_effort: "none" })).rejects.toMatchObject({ ...refusal, param: "reasoning_effort" });
  await expect(
    openai.responses.create({ model: other, input: "Hello", text: { format: { type: "json_object" } } }),
  ).rejects.toMatchObject({ ...refusal, param: "text.format" });
  expect(box.requests.length).toBe(asked);
  expect(deepSeek.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("failures of the server have codes of their own", async () => {
  const overfull = {
    error: { code: 400, message: "too long", type: "exceed_context_size_error", n_prompt_tokens: 9000, n_ctx: 4096 },
  };
  const cases: [Script, number, string, string | null][] = [
    [json({ error: { message: "Loading model" } }, 503, { "retry-after": "3600" }), 503, "server-loading", null],
    [json({ error: { message: "busy" } }, 429, { "retry-after": "3600" }), 503, "server-busy", null],
    [json(overfull, 400), 400, "context_length_exceeded", "false"],
    [json({ error: { message: "no" } }, 401), 502, "server-key-refused", "false"],
    [json({ error: { message: `Failed to read ${name}` } }, 500), 502, "server-failed", "false"],
    [stream({ error: { code: 500, message: "out of memory" } }), 502, "server-failed", "false"],
    [sent(eventText(sum[0])), 502, "server-cut", "false"],
    [sent("<html>", "text/html"), 502, "server-answer-invalid", "false"],
    [(response) => response.destroy(), 503, "server-unreachable", null],
  ];
  const box = await llamaServer(...cases.map(([script]) => script));
  const { post, model, log } = await passOn(box.url);
  for (const [, status, code, shouldRetry] of cases) {
    const response = await post("/v1/chat/completions", { model, messages });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect({ code: error.code, status: response.status }).toEqual({ code, status });
    expect(response.headers.get("x-should-retry"), code).toBe(shouldRetry);
    expect(error.message).not.toContain("/models/");
    expect(log.requests[0]).toMatchObject({ outcome: "failed" });
  }
  const streamed = await post("/v1/chat/completions", { model, messages, stream: true });
  expect(await streamed.text()).toMatch(/data: \{"error":.*"server-unreachable"\}\}\n\n$/);
});

test("a server that says nothing is given up", async () => {
  const box = await llamaServer((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": hold\n\n");
  });
  const { post, model } = await passOn(box.url, { workbench: { serverWaits: { ...replyWaits, firstMs: 5000 } } });
  const response = await post("/v1/chat/completions", { model, messages });
  expect(response.status).toBe(504);
  expect(response.headers.get("x-should-retry")).toBe("false");
  expect(await response.json()).toMatchObject({ error: { code: "server-silent" } });
});

test("a model on another machine is neither listed nor used, also when its server moves there", async () => {
  const box = await llamaServer();
  const options = { workbench: { confirmServer: () => Promise.resolve(true) } };
  const { openai, model, workbench, serverId } = await passOn(box.url, options);
  await workbench.call("servers.change", { serverId, url: "http://192.0.2.1:8080", allowsPlainHttp: true });
  expect((await workbench.call("models.list", {})).map(({ id }) => id)).toContain(model);
  expect((await openai.models.list()).data.map(({ id }) => id)).not.toContain(model);
  const refusal = { constructor: BadRequestError, code: "model_not_offered", param: "model" };
  await expect(openai.chat.completions.create({ model, messages })).rejects.toMatchObject(refusal);
  await expect(openai.models.retrieve(model)).rejects.toMatchObject(refusal);
  expect(box.requests).toHaveLength(3);
});

test("what this app is asked for by itself goes no further", async () => {
  const box = await llamaServer();
  const served = await passOn(box.url);
  const { openai, url, key, workbench, model, post, log } = served;
  const own = await workbench.call("servers.add", { name: "Itself", url, key });
  const tested = await workbench.call("servers.test", { serverId: own.id, modelName: "r1-nano" });
  // Neither the model of Box nor, in another test, its own.
  expect(tested.models.map(({ name }) => name)).toEqual(["r1-nano"]);
  expect((await workbench.call("servers.test", { serverId: own.id })).models).toHaveLength(1);

  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", "user-agent": "r1-workbench" };
  const again = await post("/v1/chat/completions", { model, messages }, { headers });
  expect(again.status).toBe(400);
  expect(await again.json()).toMatchObject({ error: { code: "model_not_offered", param: "model" } });

  const before = log.requests.length;
  const reply = await openai.chat.completions.create({
    model: tested.models[0]?.modelId ?? "",
    messages,
    seed: 1,
    max_tokens: 200,
  });
  expect(reply.choices[0]?.message.content).toContain("5");
  expect(log.requests.length).toBe(before + 2);
});
