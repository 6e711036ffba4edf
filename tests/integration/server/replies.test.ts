import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { restOf } from "../../support/rawRequest.ts";
import { longChat, serveTestWorkbench } from "../../support/serveTestWorkbench.ts";

interface Answer {
  choices: { message: { content: string; reasoning_content?: string }; text: string; finish_reason: string }[];
  usage: { prompt_tokens: number; completion_tokens: number };
  timings: Record<string, number>;
  error: { code: string; param: string | null; message: string };
}
const jsonOf = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const sum = { messages: [{ role: "user", content: "What is 2 + 3?" }], seed: 1 };

/** Returns the data of a stream's events, in order. */
const dataOf = (stream: string): string[] => [...stream.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => data);

test("a reply as a whole and as a stream say the same", async () => {
  const { post } = await serveTestWorkbench();
  const whole = await jsonOf(await post("/v1/chat/completions", sum));
  expect(whole.choices[0]).toMatchObject({
    finish_reason: "stop",
    message: { content: expect.stringMatching(/^\S/) as string },
  });
  expect(whole.choices[0]?.message.reasoning_content).toBeTruthy();
  expect(whole.timings).toMatchObject({ predicted_n: whole.usage.completion_tokens });
  expect(whole.timings["predicted_per_second"]).toBeGreaterThan(0);
  const stream = await post("/v1/chat/completions", { ...sum, stream: true, stream_options: { include_usage: true } });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  const text = await stream.text();
  expect(text.startsWith(": ping\n\n")).toBe(true);
  const events = dataOf(text);
  expect(events.pop()).toBe("[DONE]");
  const chunks = events.map(
    (event) =>
      JSON.parse(event) as {
        choices: { delta: Record<string, string>; finish_reason: string | null }[];
        usage: object | null;
      },
  );
  const join = (name: string): string => chunks.map(({ choices }) => choices[0]?.delta[name] ?? "").join("");
  expect(join("content")).toBe(whole.choices[0]?.message.content);
  expect(join("reasoning_content")).toBe(whole.choices[0]?.message.reasoning_content);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: whole.usage.completion_tokens } });
  expect(chunks.at(-2)).toMatchObject({ choices: [{ finish_reason: "stop" }], usage: null });
});

test("limits, stop strings and thinking", async () => {
  const { post } = await serveTestWorkbench();
  const short = await jsonOf(await post("/v1/chat/completions", { ...sum, max_completion_tokens: 3 }));
  expect(short.choices[0]?.finish_reason).toBe("length");
  expect(short.usage.completion_tokens).toBe(3);
  const plain = await jsonOf(await post("/v1/chat/completions", { ...sum, reasoning_effort: "none" }));
  expect(plain.choices[0]?.message.reasoning_content).toBeUndefined();
  const { content = "" } = plain.choices[0]?.message ?? {};
  const stop = content.slice(2, 4);
  const stopped = await jsonOf(
    await post("/v1/chat/completions", { ...sum, reasoning_effort: "none", stop: [stop, "never there"] }),
  );
  expect(stopped.choices[0]?.message.content).toBe(content.slice(0, content.indexOf(stop)));
  expect(stopped.choices[0]?.finish_reason).toBe("stop");
});

test("a plain text is continued", async () => {
  const { post } = await serveTestWorkbench();
  const prompt = "<｜User｜>What is 2 + 3?<｜Assistant｜><think>\n\n</think>\n\n";
  const plain = await jsonOf(await post("/v1/completions", { prompt, seed: 1 }));
  const chat = await jsonOf(await post("/v1/chat/completions", { ...sum, reasoning_effort: "none" }));
  expect(plain.choices[0]?.text).toBe(chat.choices[0]?.message.content);
  expect(plain.usage.prompt_tokens).toBe(chat.usage.prompt_tokens);
});

test("the answer conforms to a schema, after a thought that is free", async () => {
  const { post } = await serveTestWorkbench();
  const properties = {
    sum: { type: "integer" },
    unit: { type: ["string", "null"], maxLength: 4 },
    kinds: { type: "array", items: { enum: ["odd", "prime"] }, minItems: 1, maxItems: 2 },
    day: { type: "string", format: "date" },
    tree: { $ref: "#/$defs/node" },
  };
  const schema = {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    $defs: {
      node: {
        anyOf: [{ type: "object", properties: { leaf: { type: "boolean" } }, required: ["leaf"] }, { type: "null" }],
      },
    },
  };
  for (const seed of [1, 2, 3]) {
    const format = { type: "json_schema", json_schema: { name: "answer", strict: true, schema } };
    const answer = await jsonOf(await post("/v1/chat/completions", { ...sum, seed, response_format: format }));
    expect(answer.choices[0]?.message.reasoning_content).toBeTruthy();
    const value = JSON.parse(answer.choices[0]?.message.content ?? "") as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(Object.keys(properties));
    expect(value["sum"]).toSatisfy(Number.isInteger);
    expect(value["unit"] === null || (typeof value["unit"] === "string" && value["unit"].length <= 4)).toBe(true);
    expect(value["kinds"]).toSatisfy(
      (kinds: string[]) => kinds.length > 0 && kinds.length < 3 && kinds.every((kind) => /^(odd|prime)$/.test(kind)),
    );
    expect(value["day"]).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(value["tree"] === null || typeof (value["tree"] as { leaf: unknown }).leaf === "boolean").toBe(true);
  }
  const object = await jsonOf(
    await post("/v1/chat/completions", {
      ...sum,
      reasoning_effort: "none",
      response_format: { type: "json_object" },
      max_tokens: 500,
    }),
  );
  if (object.choices[0]?.finish_reason === "stop")
    expect(JSON.parse(object.choices[0].message.content)).toBeTypeOf("object");
});

test("every kind of grammar is one that the engine takes", async () => {
  const { post } = await serveTestWorkbench();
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`p${at}`, { type: "string", maxLength: 3 }]));
  for (const schema of [
    {},
    { type: "object", additionalProperties: { type: "array", items: {} } },
    { type: "object", additionalProperties: false },
    { type: "object", properties: many },
    { type: "array", maxItems: 0 },
    { type: "array", maxItems: 1 },
    { type: "array", minItems: 2 },
    { type: "array", minItems: 500, maxItems: 1000, items: { type: "null" } },
    { type: "string", minLength: 1000 },
    { type: "string", maxLength: 1000 },
    { type: "string", minLength: 1000, maxLength: 1000 },
    { type: "array", maxItems: 1000, items: { type: "string" } },
    { type: "string", format: "uuid" },
    { type: "string", format: "time" },
    { enum: ['"', "\\", "\n\u0001\u007f", "é🙂", { a: [1, null] }, 1e21] },
    { $ref: "#/$defs/a", $defs: { a: { type: "array", items: { $ref: "#/$defs/a" } } } },
    { anyOf: Array.from({ length: 500 }, () => ({ type: "object", properties: { a: { type: "string" } } })) },
  ]) {
    const response_format = { type: "json_schema", json_schema: { schema } };
    const answer = await post("/v1/chat/completions", {
      ...sum,
      reasoning_effort: "none",
      response_format,
      max_tokens: 4,
    });
    expect(answer.status, JSON.stringify(schema).slice(0, 100)).toBe(200);
  }
});

test("a prompt that does not fit is told in OpenAI’s words", async () => {
  const { post } = await serveTestWorkbench();
  const messages = [{ role: "user", content: "x ".repeat(5000) }];
  const refused = await post("/v1/chat/completions", { messages });
  expect(refused.status).toBe(400);
  expect(refused.headers.get("x-should-retry")).toBe("false");
  expect((await jsonOf(refused)).error.code).toBe("context_length_exceeded");
  const stream = await post("/v1/chat/completions", { messages, stream: true });
  expect(stream.status).toBe(200);
  const last = JSON.parse(dataOf(await stream.text()).at(-1) ?? "") as Answer;
  expect(last.error.code).toBe("context_length_exceeded");
  const gone = await post("/v1/chat/completions", { ...sum, model: "../r1-nano" });
  expect(gone.status).toBe(404);
  expect((await jsonOf(gone)).error).toMatchObject({ code: "model_not_found", param: "model" });
});

test("when its program goes, a reply ends, and the next one begins", async () => {
  const { post, newestIs } = await serveTestWorkbench();
  await post("/v1/chat/completions", { ...sum, max_tokens: 1 });
  for (const stream of [true, false]) {
    const leaving = new AbortController();
    const body = { ...longChat, response_format: endless, stream };
    const request = post("/v1/chat/completions", body, { signal: leaving.signal }).catch(() => null);
    await newestIs("running");
    leaving.abort();
    const before = performance.now();
    await request;
    await newestIs("stopped");
    // Half a second is what tests/bench/apiLoad.mjs measures; a busy machine takes longer, but not as long as the reply.
    expect(performance.now() - before).toBeLessThan(2500);
  }
  expect((await post("/v1/chat/completions", { ...sum, max_tokens: 1 })).status).toBe(200);
});

test("when its program goes, the requests that it sent ahead end too", async () => {
  const { port, key, log, newestIs } = await serveTestWorkbench();
  const body = JSON.stringify({ ...longChat, response_format: endless });
  const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n`;
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`.repeat(4));
  await expect
    .poll(() => log.requests.map(({ outcome }) => outcome).toSorted())
    .toEqual(["running", "waiting", "waiting", "waiting"]);
  socket.destroy();
  await newestIs("stopped");
  await expect.poll(() => log.requests.map(({ outcome }) => outcome)).toEqual(Array(4).fill("stopped"));
});

/** Text that goes on until the context is full. */
const endless = { type: "json_schema", json_schema: { schema: { type: "string", minLength: 1000 } } };

test("a stream’s headers come at once, also while it waits", async () => {
  const { post, newestIs } = await serveTestWorkbench();
  const leaving = new AbortController();
  const long = { ...longChat, response_format: endless, stream: true };
  const running = await post("/v1/chat/completions", long, { signal: leaving.signal });
  await newestIs("running");
  const waiting = await post("/v1/chat/completions", { ...sum, max_tokens: 2, stream: true });
  expect(waiting.status).toBe(200);
  await newestIs("waiting");
  leaving.abort();
  await expect(running.text()).rejects.toThrow();
  expect(await waiting.text()).toMatch(/^: ping\n\n[^]*data: \[DONE\]\n\n$/);
});

test("when the model is unloaded in the app, no reply of a program loads it again", async () => {
  const { post, newestIs, workbench, events } = await serveTestWorkbench();
  for (const form of [{}, { response_format: endless }]) {
    const running = await post("/v1/chat/completions", { ...longChat, ...form, stream: true });
    await newestIs("running");
    await workbench.call("models.unload", {});
    expect(await running.text()).toMatch(/"code":"model-unloaded"\}\}\n\n$/);
    expect(await workbench.call("models.loaded", {})).toEqual({ state: "none" });
    const loads = events.filter(({ name }) => name === "models.loadedChanged").length;
    expect((await post("/v1/chat/completions", { ...sum, max_tokens: 2 })).status).toBe(200);
    expect(events.filter(({ name }) => name === "models.loadedChanged").length).toBeGreaterThan(loads);
  }
});

test("eight wait, further ones are told to come again, and nobody is lost", async () => {
  const { post, newestIs } = await serveTestWorkbench();
  const first = post("/v1/chat/completions", { ...longChat, response_format: endless, stream: true });
  await newestIs("running");
  const others = Array.from({ length: 12 }, () => post("/v1/chat/completions", { ...sum, max_tokens: 2 }));
  await (await first).text();
  const answered = await Promise.all(others);
  expect(answered.filter(({ status }) => status === 200)).toHaveLength(8);
  expect(answered.filter(({ status }) => status === 429)).toHaveLength(4);
  for (const response of answered.filter(({ status }) => status === 429)) {
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(response.headers.get("x-should-retry")).toBeNull();
  }
});

test("a client that never reads is dropped, and the server goes on", async () => {
  const { port, key, post, newestIs } = await serveTestWorkbench();
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.pause();
  const body = JSON.stringify({ ...sum, stream: true });
  const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n`;
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await newestIs("done");
  socket.destroy();
  expect((await post("/v1/chat/completions", { ...sum, max_tokens: 1 })).status).toBe(200);
});

test("a request that is cut anywhere leaves nothing behind", async () => {
  const { port, key, server, post } = await serveTestWorkbench();
  const body = JSON.stringify({ ...sum, max_tokens: 1 });
  const whole = `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  for (let length = 1; length < whole.length; length += 7) {
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    socket.end(whole.slice(0, length));
    await restOf(socket);
  }
  await expect.poll(() => server.connections).toBe(0);
  expect((await post("/v1/chat/completions", { ...sum, max_tokens: 1 })).status).toBe(200);
});

test("a request that is stopped in the app says so", async () => {
  const { post, newestIs, log } = await serveTestWorkbench();
  const waiting = post("/v1/chat/completions", { ...longChat, response_format: endless });
  const { id } = await newestIs("running");
  log.stop(id);
  const response = await waiting;
  expect(response.status).toBe(503);
  expect(response.headers.get("x-should-retry")).toBe("false");
  expect((await jsonOf(response)).error.code).toBe("stopped");
  await newestIs("stopped");
});

test("closing ends what is being written, and the port is closed", async () => {
  const { post, newestIs, server, port } = await serveTestWorkbench();
  const stream = await post("/v1/chat/completions", { ...longChat, response_format: endless, stream: true });
  await newestIs("running");
  const read = stream.text();
  await Promise.all([server.close(), expect(read).rejects.toThrow()]);
  await newestIs("stopped");
  const socket = connect(port, "127.0.0.1");
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNREFUSED");
});

test("connections are recorded, with where they came from", async () => {
  const { post, workbench, server } = await serveTestWorkbench();
  await (await post("/v1/chat/completions", { ...sum, max_tokens: 1 })).text();
  await server.close();
  const { connections } = await workbench.call("network.connections", {});
  expect(connections[0]).toMatchObject({ host: "127.0.0.1", reason: { code: "served" }, requests: 1, outcome: "done" });
  expect(connections[0]?.receivedBytes).toBeGreaterThan(0);
});
