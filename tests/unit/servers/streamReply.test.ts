import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import type { Thinking } from "../../../electron/contract/chats.ts";
import type { ServerDialect } from "../../../electron/contract/servers.ts";
import type { RefusedFields } from "../../../electron/workbench/servers/ServerClient.ts";
import {
  delta,
  eventText,
  json,
  type Script,
  scriptedServer,
  sent,
  stream,
} from "../../support/servers/scriptedServer.ts";
import { replyLimits } from "../../../electron/workbench/servers/readLines.ts";
import { streamFrom, testKey } from "../../support/servers/streamFrom.ts";
import { testNetwork } from "../../support/testNetwork.ts";

const path = "/v1/chat/completions";
const usage = { choices: [], usage: { prompt_tokens: 12, completion_tokens: 5 } };
const answered = [delta({ content: "Because " }), delta({ content: "so." }), delta({}, "stop"), usage];

describe("each server's way to write", () => {
  test.each([
    ["DeepSeek, SGLang, LM Studio and llama-server", "reasoning_content"],
    ["vLLM and Ollama's /v1", "reasoning"],
    ["others", "thinking"],
  ])("%s: the thought is in %s", async (_, field) => {
    const { url } = await scriptedServer({ [path]: stream(delta({ [field]: "Hm." }), ...answered) });
    const { thought, answer, reply } = await streamFrom(url);
    expect({ thought, answer }).toEqual({ thought: "Hm.", answer: "Because so." });
    expect(reply).toMatchObject({ outcome: "done", thoughtField: field, hasUsage: true });
    expect(reply).toMatchObject({
      stats: { promptTokens: 12, stopReason: "end", wire: { clock: "app", counts: "usage" } },
    });
  });

  it("takes a thought once that is sent under two names", async () => {
    const both = delta({ reasoning_content: "Hm.", reasoning: "Hm." });
    const { url } = await scriptedServer({ [path]: stream(both, ...answered) });
    expect(await streamFrom(url)).toMatchObject({ thought: "Hm.", answer: "Because so." });
  });

  it("splits <think> in the text, wherever its pieces are cut", async () => {
    const text = "<think>\nHm.\n</think>\n\nBecause </think> so.";
    for (let size = 1; size < text.length; size++) {
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      const { url } = await scriptedServer({
        [path]: stream(...pieces.map((content) => delta({ content })), delta({}, "stop")),
      });
      const { thought, answer, reply } = await streamFrom(url);
      expect({ thought, answer }).toEqual({ thought: "Hm.", answer: "\n\nBecause </think> so." });
      expect(reply).toMatchObject({ thoughtField: "tags", stats: { wire: { counts: "pieces" } } });
    }
  });

  it("loses nothing of a text that looked like a marker, if a thought comes in a field of its own", async () => {
    const { url } = await scriptedServer({
      [path]: stream(
        delta({ content: "<th" }),
        delta({ reasoning_content: "Hm." }),
        delta({ content: " So." }, "stop"),
      ),
    });
    expect(await streamFrom(url)).toMatchObject({ thought: "Hm.", answer: "<th So." });
  });

  it("begins within the thought if the prompt has its beginning", async () => {
    const { url } = await scriptedServer({
      [path]: stream(delta({ content: "Hm.\n</think>\nSo." }), delta({}, "stop")),
    });
    expect(await streamFrom(url, { opensThought: true })).toMatchObject({ thought: "Hm.", answer: "\nSo." });
  });

  it("reads Ollama's own lines, and asks it as it wants to be asked", async () => {
    const lines = [
      { message: { role: "assistant", thinking: "Hm." }, done: false },
      { message: { role: "assistant", content: "So." }, done: false },
      { message: { content: "" }, done: true, done_reason: "stop", prompt_eval_count: 7, eval_count: 3 },
    ];
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const { url, requests } = await scriptedServer({ "/api/chat": sent(body, "application/x-ndjson") });
    const { thought, answer, reply } = await streamFrom(url, { dialect: "ollama", request: { thinking: "off" } });
    expect({ thought, answer }).toEqual({ thought: "Hm.", answer: "So." });
    expect(reply).toMatchObject({ stats: { promptTokens: 7, stopReason: "end" }, hasUsage: true });
    expect(requests[0]?.body).toMatchObject({ think: false, options: { temperature: 0.6, top_p: 0.95, seed: 1 } });
  });

  it("asks llama-server for its progress, and ends a thought there on request", async () => {
    const skip = new AbortController();
    const { url, requests } = await scriptedServer({
      [`${path}/control`]: json({ success: true }),
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(eventText({ choices: [], prompt_progress: { total: 8, cache: 2, processed: 5, time_ms: 1 } }));
        response.write(eventText(delta({ reasoning_content: "Hm." })));
        const end = setInterval(() => {
          if (requests.length < 2) return;
          clearInterval(end);
          response.end(answered.map(eventText).join("") + eventText("[DONE]"));
        }, 5);
      },
    });
    const reading: unknown[] = [];
    const { reply } = await streamFrom(url, {
      dialect: "llama-server",
      skipThought: skip.signal,
      onEvent(event) {
        if (event.kind === "reading") reading.push(event);
        if (event.kind === "piece") skip.abort();
      },
    });
    expect(reading).toMatchObject([{ promptTokens: 8, cachedTokens: 2, readTokens: 5 }]);
    expect(requests[1]).toMatchObject({ path: `${path}/control`, body: { id: "reply-1", action: "reasoning_end" } });
    expect(reply).toMatchObject({ stats: { thoughtCut: "skipped" } });
    expect(requests[0]?.body).toMatchObject({ return_progress: true, reasoning_control: true });
  });

  it("asks R1 as its authors recommend, and leaves out nothing that was chosen", async () => {
    const { url, requests } = await scriptedServer({ [path]: stream(...answered) });
    await streamFrom(url, { dialect: "vllm", request: { maxTokens: 9 } });
    const { body } = requests[0] ?? {};
    expect(body).toMatchObject({ model: "r1", stream: true, stream_options: { include_usage: true }, max_tokens: 9 });
    expect(body).toMatchObject({ temperature: 0.6, top_p: 0.95, messages: [{ role: "user", content: "Why?" }] });
  });
});

describe("what a server may refuse or break", () => {
  /** A server that refuses each of these fields, by its name or without saying which. */
  const refusing = (fields: string[], says: (field: string) => string) =>
    scriptedServer({
      [path](response, request) {
        const known = fields.find((field) => field in request.body);
        const script = known === undefined ? stream(...answered) : json({ error: { message: says(known) } }, 400);
        script(response, request);
      },
    });

  test.each([
    ["that it names", ["seed"], (field: string) => `Extra inputs are not permitted: ${field}`, 2],
    ["one by one", ["seed", "stream_options"], (field: string) => `unknown field ${field}`, 3],
    ["for the counts, which it does not name", ["stream_options"], () => "Bad request", 2],
    ["besides those, which it does not name", ["top_k"], () => "Bad request", 3],
    ["of both kinds, which it does not name", ["stream_options", "min_p"], () => "Bad request", 4],
  ])("asks again without the fields %s, keeps the others, and remembers it", async (_, fields, says, times) => {
    const { url, requests } = await refusing(fields, says);
    const refused: RefusedFields = new Map();
    expect(await streamFrom(url, { dialect: "vllm", refused })).toMatchObject({ answer: "Because so." });
    expect(requests).toHaveLength(times);
    const { body } = requests.at(-1) ?? {};
    expect(body).toMatchObject({ temperature: 0.6, top_p: 0.95, messages: [{ content: "Why?" }] });
    // What helps to count goes only if it was, or may have been, what the server meant.
    expect("stream_options" in (body ?? {})).toBe(!fields.includes("stream_options"));
    await streamFrom(url, { dialect: "vllm", refused });
    expect(requests).toHaveLength(times + 1);
  });

  test.each([
    ["temperature", {}],
    ["top_p", {}],
    ["reasoning_effort", { thinking: "off" as const }],
    ["chat_template_kwargs", { dialect: "vllm" as const, thinking: "off" as const }],
    ["think", { dialect: "ollama" as const, thinking: "off" as const }],
    ["thinking", { dialect: "deepseek" as const, thinking: "off" as const }],
  ])(
    "leaves out no %s unasked: the refusal says what the server said",
    async (field, { dialect, thinking = "on" }: { dialect?: ServerDialect; thinking?: Thinking }) => {
      const message = `unknown field ${field}`;
      const refuse: Script = (response, request) =>
        (field in request.body ? json({ error: { message } }, 400) : stream(...answered))(response, request);
      const { url, requests } = await scriptedServer({ [path]: refuse, "/api/chat": refuse });
      const { problem } = await streamFrom(url, { ...(dialect && { dialect }), request: { thinking } });
      expect(problem).toMatchObject({ code: "server-refused", facts: { said: message } });
      expect(requests.every(({ body }) => field in body)).toBe(true);
    },
  );

  it("writes without a thought where a model that has none refuses to be asked for one", async () => {
    const { url, requests } = await scriptedServer({
      "/api/chat": [
        json({ error: '"llama3" does not support thinking' }, 400),
        sent(
          `${JSON.stringify({ message: { content: "So." }, done: true, done_reason: "stop" })}\n`,
          "application/x-ndjson",
        ),
      ],
    });
    expect(await streamFrom(url, { dialect: "ollama" })).toMatchObject({ answer: "So." });
    expect(requests.map(({ body }) => body["think"])).toEqual([true, undefined]);
  });

  test.each([
    ["deepseek", "deepseek-v4-flash", { thinking: { type: "disabled" } }],
    ["lm-studio", "qwen", { reasoning_effort: "none" }],
    [
      "llama-server",
      "r1",
      {
        reasoning_effort: "none",
        chat_template_kwargs: { enable_thinking: false },
        // Tried: 0 ends no thought whose beginning is in the prompt.
        reasoning_budget_tokens: 1,
      },
    ],
    ["vllm", "qwen", { chat_template_kwargs: { enable_thinking: false } }],
    ["sglang", "qwen", { chat_template_kwargs: { enable_thinking: false } }],
    ["other", "r1", { reasoning_effort: "none" }],
  ] as const)("asks %s to skip the thought as its documentation says", async (dialect, model, expected) => {
    const { url, requests } = await scriptedServer({ [path]: stream(...answered) });
    await streamFrom(url, { dialect, request: { model, thinking: "off" } });
    expect(requests[0]?.body).toMatchObject(expected);
  });

  it("takes an end for no reply if nothing was written and no reason given", async () => {
    const { url } = await scriptedServer({ [path]: [stream(), stream(delta({}, "stop"))] });
    expect((await streamFrom(url)).problem).toMatchObject({ code: "server-answer-invalid", facts: { case: "empty" } });
    // With a reason, the model has chosen to say nothing.
    expect((await streamFrom(url)).reply).toMatchObject({ outcome: "done", stats: { answerTokens: 0 } });
  });

  test.each([429, 503])("repeats HTTP %i twice, and no more", async (status) => {
    const busy = json({ error: { message: "busy" } }, status, { "retry-after": "0" });
    const first = await scriptedServer({ [path]: [busy, busy, stream(...answered)] });
    expect(await streamFrom(first.url)).toMatchObject({ answer: "Because so." });
    const second = await scriptedServer({ [path]: busy });
    expect((await streamFrom(second.url)).problem).toMatchObject({ code: "server-busy" });
    expect(second.requests).toHaveLength(3);
  });

  it("repeats an error that comes as the first event of an answer of status 200", async () => {
    const overloaded = stream({ error: { object: "error", message: "overloaded", code: 503 } });
    const { url, requests } = await scriptedServer({ [path]: [overloaded, stream(...answered)] });
    expect(await streamFrom(url)).toMatchObject({ answer: "Because so.", reply: { outcome: "done" } });
    expect(requests).toHaveLength(2);
  });

  it("does not wait longer than a minute for a server", async () => {
    const busy = json({ error: { message: "busy" } }, 429, { "retry-after": "61" });
    const { url, requests } = await scriptedServer({ [path]: busy });
    expect((await streamFrom(url)).problem).toMatchObject({
      code: "server-busy",
      facts: { case: "waits", seconds: 61 },
    });
    expect(requests).toHaveLength(1);
  });

  it("never repeats a request once a token has arrived", async () => {
    const events =
      eventText(delta({ content: "Because" })) + eventText({ error: { message: "out of memory", code: 503 } });
    const { url, requests } = await scriptedServer({ [path]: sent(events) });
    expect(await streamFrom(url)).toMatchObject({ answer: "Because", problem: { code: "server-busy" } });
    expect(requests).toHaveLength(1);
  });

  it("keeps what arrived of a stream that is cut at any byte, and says that it was cut", async () => {
    const whole =
      eventText(delta({ reasoning_content: "Hm é" })) +
      eventText(delta({ content: "So 😀" })) +
      eventText(delta({}, "stop"));
    const bytes = Buffer.from(whole);
    const end = Buffer.from(whole.slice(0, whole.lastIndexOf("data:"))).length;
    const { url, requests } = await scriptedServer({
      [path]: Array.from({ length: end }, (_, at) => sent(bytes.subarray(0, at))),
    });
    for (let at = 0; at < end; at++) {
      const { thought, answer, problem } = await streamFrom(url);
      expect(problem).toMatchObject({ code: "server-cut", facts: { server: "Test" } });
      expect("Hm é".startsWith(thought) && "So 😀".startsWith(answer)).toBe(true);
    }
    expect(requests).toHaveLength(end);
  });

  it("says that a connection was cut which the server destroyed", async () => {
    const { url } = await scriptedServer({
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream", "content-length": "100000" });
        response.write(eventText(delta({ content: "Because" })), () => response.destroy());
      },
    });
    expect(await streamFrom(url)).toMatchObject({ answer: "Because", problem: { code: "server-cut" } });
  });

  it("ends a reply that stalls, and one that never begins", async () => {
    const { url } = await scriptedServer({
      [path]: [
        (response) => {
          response.writeHead(200, { "content-type": "text/event-stream" });
          response.write(eventText(delta({ content: "Because" })));
        },
        () => undefined,
      ],
    });
    const stalled = await streamFrom(url, { waits: { silenceMs: 50 } });
    expect(stalled).toMatchObject({ answer: "Because", problem: { code: "server-silent" } });
    expect((await streamFrom(url, { waits: { firstMs: 50 } })).problem).toMatchObject({ code: "server-silent" });
  });

  it("is whole with its reason to end, also if the server then says nothing and never ends", async () => {
    const { url } = await scriptedServer({
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(eventText(delta({ content: "So." }, "stop")));
      },
    });
    const { reply } = await streamFrom(url, { waits: { usageMs: 50 } });
    expect(reply).toMatchObject({ outcome: "done", stats: { stopReason: "end" } });
  });

  it("ends what never ends, and lines without an end", async () => {
    const { url } = await scriptedServer({
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const more = (): void => {
          while (!response.destroyed && response.write(eventText(delta({ content: "again " }))));
        };
        response.on("drain", more);
        more();
      },
    });
    const limits = { ...replyLimits, lineBytes: 1000, replyBytes: 100_000 };
    expect((await streamFrom(url, { limits })).problem).toMatchObject({
      code: "server-answer-invalid",
      facts: { case: "tooLarge" },
    });
    const giant = await scriptedServer({ [path]: sent(`data: "${"x".repeat(5000)}`) });
    expect((await streamFrom(giant.url, { limits })).problem).toMatchObject({ facts: { case: "tooLarge" } });
  });

  it("keeps no more than a chat can have", async () => {
    const piece = eventText(delta({ reasoning_content: "Hm", content: "So." }));
    const { url } = await scriptedServer({ [path]: sent(piece.repeat(3)) });
    const soFar = { thought: null, answer: "12345" };
    const limits = { ...replyLimits, replyChars: 15 };
    const { thought, answer, problem } = await streamFrom(url, { limits, request: { soFar } });
    expect(thought + answer).toBe("HmSo.HmSo.");
    expect(problem).toMatchObject({ code: "server-answer-invalid", facts: { case: "tooLarge" } });
  });

  it("measures no speed of a reply that comes all at once", async () => {
    const events = [delta({ reasoning_content: "Hm." }), delta({ content: "So." }, "stop"), usage];
    const { url } = await scriptedServer({ [path]: stream(...events) });
    expect((await streamFrom(url)).reply).toMatchObject({ stats: { tokensPerSecond: null, thoughtMs: 0 } });
  });

  test.each([
    ["a number for text", eventText({ choices: [{ delta: { content: 42 } }] }), "notUnderstood"],
    ["a list for an object", eventText({ choices: { delta: [] } }), "notUnderstood"],
    ["what is not JSON", "data: {half\n\n", "notJson"],
  ])("refuses %s", async (_, body, how) => {
    const { url } = await scriptedServer({ [path]: sent(body) });
    expect((await streamFrom(url)).problem).toMatchObject({ code: "server-answer-invalid", facts: { case: how } });
  });

  test.each([
    ["a negative count", { choices: [], usage: { prompt_tokens: -1, completion_tokens: -5 } }],
    ["a count that cannot be", { choices: [], usage: { prompt_tokens: 1e300, completion_tokens: 1e308 } }],
    ["a count that is text", { choices: [], usage: "none" }],
    ["another kind of id", { id: 7, choices: [] }],
    ["progress that is none", { prompt_progress: { total: "all" } }],
    ["that there is no error", { error: "", choices: [] }],
    ["a place as text", { choices: [{ index: "0", delta: {} }] }],
  ])("loses no reply over %s", async (_, event) => {
    const { url } = await scriptedServer({
      [path]: stream(delta({ content: "So " }), event, delta({ content: "it is." }), delta({}, "stop"), event),
    });
    const { answer, reply } = await streamFrom(url);
    expect(answer).toBe("So it is.");
    expect(reply).toMatchObject({ outcome: "done", stats: { answerTokens: 2, wire: { counts: "pieces" } } });
  });

  it("reads the first event after a byte order mark", async () => {
    const { url } = await scriptedServer({
      [path]: sent(`\ufeff${eventText(delta({ content: "So." }))}${eventText("[DONE]")}`),
    });
    expect(await streamFrom(url)).toMatchObject({ answer: "So.", reply: { outcome: "done" } });
  });

  it("says what a server says that sends an error as plain text", async () => {
    const { url } = await scriptedServer({ [path]: sent("event: error\ndata: out of memory\n\n") });
    expect((await streamFrom(url)).problem).toMatchObject({
      code: "server-failed",
      facts: { case: "said", said: "out of memory" },
    });
  });

  it("refuses what is compressed, which it did not ask for", async () => {
    const packed = { "content-type": "text/event-stream", "content-encoding": "gzip" };
    const { url } = await scriptedServer({
      [path]: (response) => response.writeHead(200, packed).end(gzipSync(eventText(delta({ content: "So." }, "stop")))),
    });
    expect((await streamFrom(url)).problem).toMatchObject({
      code: "server-answer-invalid",
      facts: { case: "notJson" },
      detail: "content encoding gzip",
    });
  });

  it("ends a reply that has ended, also if the server goes on saying that it is there", async () => {
    const { url } = await scriptedServer({
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(eventText(delta({ content: "So." }, "stop")));
        const pings = setInterval(() => response.write(": ping\n\n"), 5);
        response.on("close", () => clearInterval(pings));
      },
    });
    expect((await streamFrom(url, { waits: { usageMs: 50 } })).reply).toMatchObject({ outcome: "done" });
  });

  // Each took minutes to hours: the time grew with the square of what arrived.
  test.each([
    ["events that never end", "data: [\n".repeat(400_000)],
    ["line breaks within a thought", eventText(delta({ content: `<think>a${"\n".repeat(900_000)}x` }))],
    ["blank space", eventText(delta({ content: " ".repeat(20) })).repeat(120_000)],
    [
      "line breaks, one by one",
      eventText(delta({ content: "<think>a" })) + eventText(delta({ content: "\n".repeat(20) })).repeat(120_000),
    ],
  ])("reads %s as fast as they arrive", { timeout: 120_000 }, async (_, body) => {
    const { url } = await scriptedServer({ [path]: sent(body) });
    expect((await streamFrom(url)).problem).toMatchObject({ code: "server-cut" });
  });

  it("can be stopped while it reads much that has arrived at once", async () => {
    const stopping = new AbortController();
    const { url } = await scriptedServer({ [path]: sent(eventText(delta({ content: "again " })).repeat(5000)) });
    const stopped = await streamFrom(url, {
      signal: stopping.signal,
      waits: { turnMs: 0 },
      onEvent: ({ kind }) => kind === "piece" && setImmediate(() => stopping.abort()),
    });
    expect(stopped).toMatchObject({ answer: "again ", reply: { outcome: "stopped" } });
  });

  it("stops at once when Offline is turned on, and keeps what was written", async () => {
    const { url, requests } = await scriptedServer({
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(eventText(delta({ content: "Because" })));
      },
    });
    const network = testNetwork();
    const onEvent = ({ kind }: { kind: string }) => kind === "piece" && network.turn({ isOffline: true });
    // The same server by an address that is not this machine's alone.
    const elsewhere = url.replace("127.0.0.1", "0.0.0.0");
    expect(await streamFrom(elsewhere, { network, onEvent })).toMatchObject({
      answer: "Because",
      problem: { code: "offline" },
    });
    expect((await streamFrom(elsewhere, { network })).problem).toMatchObject({ code: "offline" });
    expect(requests).toHaveLength(1);
  });

  it("goes to no proxy with plain http in the local network, and to the named one with other plain http", async () => {
    const proxy = await scriptedServer({ "http://gpu.example.org/v1/chat/completions": stream(...answered) });
    vi.stubEnv("HTTP_PROXY", proxy.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { url } = await scriptedServer({ [path]: stream(...answered) });
    // A private address that leads to the same server, but is not this machine's alone.
    expect(await streamFrom(url.replace("127.0.0.1", "0.0.0.0"))).toMatchObject({ answer: "Because so." });
    expect(await streamFrom(url)).toMatchObject({ answer: "Because so." });
    expect(proxy.requests).toEqual([]);
    expect(await streamFrom("http://gpu.example.org")).toMatchObject({ answer: "Because so." });
    expect(proxy.requests).toMatchObject([{ key: testKey }]);
  });

  it("refuses a page instead of a reply", async () => {
    const { url } = await scriptedServer({ [path]: sent("<html><body>Sign in</body></html>", "text/html") });
    expect((await streamFrom(url)).problem).toMatchObject({
      code: "server-answer-invalid",
      facts: { case: "notJson" },
    });
  });

  it("ignores comments, repeated ends, and what follows the end", async () => {
    const events = `: ping\n\nevent: message\n${eventText(delta({ content: "So." }, "stop"))}${eventText(delta({ content: "More" }, "stop"))}`;
    const { url } = await scriptedServer({
      [path]: sent(events + eventText("[DONE]") + eventText(delta({ content: "!" }))),
    });
    expect(await streamFrom(url)).toMatchObject({ answer: "So.", reply: { outcome: "done" } });
  });

  it("reads a whole reply from a server that does not stream", async () => {
    const whole = { choices: [{ message: { content: "So.", reasoning_content: "Hm." }, finish_reason: "stop" }] };
    const { url } = await scriptedServer({ [path]: sent(JSON.stringify(whole, null, 2), "application/json") });
    expect(await streamFrom(url)).toMatchObject({ thought: "Hm.", answer: "So.", reply: { outcome: "done" } });
  });

  test.each([
    [401, {}, "server-key-refused", { case: "withKey" }],
    [402, {}, "server-unpaid", { server: "Test" }],
    [404, { error: { message: "The model r1 does not exist." } }, "server-model-missing", { model: "r1" }],
    [
      400,
      { error: { message: "too many", type: "exceed_context_size_error", n_prompt_tokens: 9, n_ctx: 4 } },
      "context-exceeded",
      { promptTokens: 9, contextSize: 4 },
    ],
    [500, { error: "CUDA error" }, "server-failed", { said: "CUDA error" }],
    [503, { error: { message: "Loading model", code: 503 } }, "server-loading", { server: "Test" }],
  ])("says what HTTP %i means", async (status, body, code, facts) => {
    const { url } = await scriptedServer({ [path]: json(body, status) });
    expect((await streamFrom(url)).problem).toMatchObject({ code, facts });
  });

  it("does not follow a redirect, so that neither the question nor the key reach another origin", async () => {
    const other = await scriptedServer({ [path]: stream(...answered) });
    const { url } = await scriptedServer({ [path]: json({}, 307, { location: `${other.url}${path}` }) });
    expect((await streamFrom(url)).problem).toMatchObject({ code: "server-redirected", facts: { host: other.host } });
    expect(other.requests).toEqual([]);
  });

  it("repeats to nobody the key that a server says back", async () => {
    const echo = json({ error: { message: `Bad key ${testKey}\u202e` } }, 400);
    const { url } = await scriptedServer({ [path]: echo });
    const { problem } = await streamFrom(url);
    expect(problem).toMatchObject({ facts: { said: "Bad key …" } });
    expect(JSON.stringify(problem)).not.toContain(testKey);
  });

  test.each([
    ["the kind of an error", json({ error: { message: "Bad.", type: testKey, code: testKey } }, 400)],
    ["the host of a redirect", json({}, 307, { location: `https://${testKey.toUpperCase()}.example.org/` })],
    ["the reason of an end", stream(delta({ content: "So." }, testKey))],
    ["what is not JSON", sent(`data: {${"x".repeat(190)} ${testKey}\n\n`)],
  ])("repeats no key that is in %s", async (_, script) => {
    const { url } = await scriptedServer({ [path]: script });
    const { problem } = await streamFrom(url);
    expect(problem).not.toBeNull();
    expect(JSON.stringify(problem).toLowerCase()).not.toContain(testKey.slice(0, 6));
  });

  it("stops at once when it is told to, and keeps what was written", async () => {
    const stopping = new AbortController();
    const { url } = await scriptedServer({
      [path](response) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(eventText(delta({ content: "Because" })));
      },
    });
    const stopped = await streamFrom(url, {
      signal: stopping.signal,
      onEvent: ({ kind }) => kind === "piece" && stopping.abort(),
    });
    expect(stopped).toMatchObject({
      answer: "Because",
      reply: { outcome: "stopped", stats: { stopReason: "stopped" } },
    });
  });
});
