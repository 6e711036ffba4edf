import type { ServerResponse } from "node:http";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RemoteModel } from "../../../electron/contract/models.ts";
import type { ServerBenchmarkState } from "../../../electron/contract/serverBenchmark.ts";
import {
  askedOfServer,
  type ServerBenchmarkPlan,
  serverWarmUp,
} from "../../../electron/contract/serverBenchmarkPlan.ts";
import { openServerBenchmark } from "../../../electron/workbench/serverBenchmark/openServerBenchmark.ts";
import { openServers } from "../../../electron/workbench/servers/openServers.ts";
import type { ReplyWaits } from "../../../electron/workbench/servers/replyWaits.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import {
  delta,
  eventText,
  type GotRequest,
  json,
  type Script,
  scriptedServer,
  stream,
} from "../../support/servers/scriptedServer.ts";
import { quickWaits } from "../../support/servers/streamFrom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { testNetwork } from "../../support/testNetwork.ts";

const path = "/v1/chat/completions";
const farUrl = "https://gpu.example.org";
const vllm = { id: "deepseek-r1", owned_by: "vllm", max_model_len: 4096 };
const listed: Script = json({ object: "list", data: [vllm] });
const plan: ServerBenchmarkPlan = { promptTokens: 64, writtenTokens: 16, repeats: 3 };
const words = ({ body }: GotRequest): string[] => {
  const [message] = body["messages"] as { content: string }[];
  return (message?.content ?? "").split(/\s+/);
};

/** A reply of ten tokens in two halves, the second of which is sent a while after the first. */
const reply =
  (...last: unknown[]): Script =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(eventText(delta({ reasoning_content: "Once" })));
    setTimeout(() => {
      const rest = [delta({ content: " upon a time." }, "length"), ...last, "[DONE]"];
      response.end(rest.map(eventText).join(""));
    }, 100);
  };
const counted = (prompt: number, cached = 0): unknown => ({
  choices: [],
  usage: { prompt_tokens: prompt, completion_tokens: 10, prompt_tokens_details: { cached_tokens: cached } },
});
const whole = reply(counted(64));
/** The first answers the test of the server, the second the request that is not counted. */
const after = (...scripts: Script[]): Script[] => [whole, whole, ...scripts];

interface Wishes {
  replies?: Script[];
  waits?: Partial<ReplyWaits>;
  mostReplyMs?: number;
}

async function open({ replies = [whole], waits, mostReplyMs }: Wishes = {}) {
  const home = await temporaryFolder();
  const network = testNetwork();
  const states: ServerBenchmarkState[] = [];
  const onEvent = (name: string, data: unknown): void => {
    if (name === "serverBenchmark.changed") states.push(data as ServerBenchmarkState);
  };
  const server = await scriptedServer({ "/v1/models": listed, [path]: replies });
  const servers = openServers({
    home,
    secrets: undefined,
    network,
    resolveProxy: undefined,
    confirmServer: () => Promise.resolve(true),
    notices: { add: () => undefined },
    onModels: () => undefined,
    onEvent: () => undefined,
    waits: { ...quickWaits, ...waits },
  });
  const benchmark = openServerBenchmark({
    home,
    appVersion: "0.1.0",
    servers: servers.api,
    choices: {
      get: () => Promise.resolve({ contextSize: null, temperature: null, topP: null, topK: null, minP: null }),
    } as never,
    library: {
      choose: async (id) => (await servers.api.models()).find((model) => model.id === id) ?? listedModel(id ?? ""),
    },
    onEvent,
    onDamaged: () => undefined,
    mostReplyMs,
  });
  onTestFinished(async () => {
    await benchmark.close();
    await servers.close();
  });
  const added = await servers.handlers["servers.add"]({
    name: "GPU",
    url: server.url,
    key: null,
    keyVariable: null,
    certificate: null,
    allowsPlainHttp: false,
  });
  await servers.handlers["servers.test"]({ serverId: added.id, modelName: null });
  const [model] = (await servers.api.models()) as [RemoteModel];
  const { handlers } = benchmark;
  const start = (wanted = plan) => handlers["serverBenchmark.start"]({ modelId: model.id, plan: wanted });
  /** Resolves with how it ended. */
  async function run(wanted = plan) {
    await start(wanted);
    await expect
      .poll(() => handlers["serverBenchmark.state"]({}), { timeout: 20_000 })
      .toMatchObject({ state: "ended" });
    return (await handlers["serverBenchmark.state"]({})) as Extract<ServerBenchmarkState, { state: "ended" }>;
  }
  /** As if the server had moved to another machine. */
  const moveAway = () =>
    servers.handlers["servers.change"]({ serverId: added.id, url: farUrl, allowsPlainHttp: false });
  const remove = () => servers.handlers["servers.remove"]({ serverId: added.id });
  return { home, network, states, server, model, handlers, start, run, moveAway, remove };
}

describe("a benchmark of a server's model", () => {
  it("asks as often as the plan says, with prompts that no server can have read before", async () => {
    const { run, server, network, handlers, model, states } = await open();
    const { outcome, problem, result } = await run();
    expect({ outcome, problem }).toEqual({ outcome: "complete", problem: null });
    // One more is the test with which the server was added.
    const asked = server.requests.filter((request) => request.path === path).slice(1);
    expect(asked).toHaveLength(askedOfServer(plan).requests);
    expect(asked.map(({ body }) => body["max_tokens"])).toEqual([serverWarmUp.writtenTokens, 16, 16, 16]);
    expect(asked[1]?.body).toMatchObject({ model: "deepseek-r1", temperature: 0.6, top_p: 0.95 });
    expect(new Set(asked.map((request) => words(request)[0])).size).toBe(4);
    // Half as many tokens as words were counted, so twice as many words are sent.
    expect(asked.map((request) => words(request).length - 1)).toEqual([128, 128, 128, 128]);
    expect(result).toMatchObject({
      kind: "server",
      server: { name: "GPU", host: server.host, isThisMachine: true, dialect: "vllm" },
      model: { id: model.id, named: "deepseek-r1" },
      ending: "complete",
      failures: [],
      serverReading: null,
      serverWriting: null,
    });
    expect(result?.runs).toHaveLength(3);
    expect(result?.runs[0]).toMatchObject({ number: 1, counts: "usage", promptTokens: 64, writtenTokens: 10 });
    expect(result?.ttft.samples).toHaveLength(3);
    // Nine tokens after the first one, which nothing can send faster.
    expect(result?.writing?.max).toBeLessThan(9000 / 10);
    expect((await handlers["serverBenchmark.history"]({})).results).toEqual([result]);
    const reasons = network.recorded().map(({ reason }) => reason);
    expect(reasons.filter(({ facts }) => (facts as { case: string }).case === "benchmark")).toHaveLength(4);
    expect(reasons.at(-1)).toEqual({ code: "server", facts: { case: "benchmark", name: "GPU" } });
    expect(states.map(({ state }) => state).slice(-1)).toEqual(["ended"]);
  });

  it("counts pieces if the server does not count, and says so", async () => {
    const { run } = await open({ replies: [reply()] });
    const { result } = await run();
    expect(result?.runs[0]).toMatchObject({ counts: "pieces", promptTokens: null, writtenTokens: 2, cachedTokens: 0 });
  });

  it("keeps what the server says of its own times apart, and what it had read before", async () => {
    const timings = { cache_n: 4, prompt_n: 60, prompt_ms: 120, predicted_n: 10, predicted_ms: 200 };
    const { run } = await open({ replies: [reply({ choices: [], timings })] });
    const { result } = await run();
    expect(result?.runs[0]).toMatchObject({ promptTokens: 64, cachedTokens: 4 });
    expect(result?.serverReading?.samples).toEqual([500, 500, 500]);
    expect(result?.serverWriting?.samples).toEqual([50, 50, 50]);
  });

  it("takes no speed from a clock that cannot be right, so that the result can be read again", async () => {
    const timings = { cache_n: 0, prompt_n: 60, prompt_ms: 1e-310, predicted_n: 10, predicted_ms: 1e-9 };
    const { run, handlers } = await open({ replies: [reply({ choices: [], timings })] });
    const { result } = await run();
    expect(result).toMatchObject({ serverReading: null, serverWriting: null });
    expect((await handlers["serverBenchmark.history"]({})).results).toEqual([result]);
  });

  it("gives no speed to a text that came all at once, nor to tokens that were not sent", async () => {
    const once = stream(delta({ content: "Once." }, "stop"), counted(64));
    const hidden = reply({
      choices: [],
      usage: {
        prompt_tokens: 64,
        completion_tokens: 500,
        completion_tokens_details: { reasoning_tokens: 490 },
      },
    });
    const silent: Script = (response, got) => {
      // Without a thought of its own.
      const write = response.write.bind(response);
      response.write = ((chunk: string) =>
        write(chunk.replace("reasoning_content", "content"))) as ServerResponse["write"];
      hidden(response, got);
    };
    const { run } = await open({ replies: after(once, silent, whole) });
    const { result } = await run();
    expect(result?.runs.map(({ tokensPerSecond }) => tokensPerSecond === null)).toEqual([true, true, false]);
    expect(result?.writing?.samples).toHaveLength(1);
  });
});

describe("what fails", () => {
  const cut: Script = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(eventText(delta({ content: "Once" })), () => response.destroy());
  };

  it("a reply that was cut is no figure, and the others count", async () => {
    const { run } = await open({ replies: after(whole, cut, whole) });
    const { outcome, result } = await run();
    expect(outcome).toBe("complete");
    expect(result?.runs.map(({ number }) => number)).toEqual([1, 3]);
    expect(result?.failures).toEqual([
      { number: 2, problem: { code: "server-cut", facts: { server: "GPU", case: "measuring" } } },
    ]);
  });

  it("two failures in a row end it, with what was measured", async () => {
    const { run, server } = await open({ replies: after(whole, cut, cut, whole) });
    const { outcome, problem, result } = await run({ ...plan, repeats: 10 });
    expect(outcome).toBe("failed");
    expect(problem).toMatchObject({ code: "server-cut" });
    expect(result).toMatchObject({ ending: "failed", runs: [{ number: 1 }], problem: { code: "server-cut" } });
    expect(server.requests.filter((request) => request.path === path)).toHaveLength(5);
  });

  it("an error within an answer of status 200 is a failure", async () => {
    const { run } = await open({
      replies: after(whole, stream({ error: { message: "Out of memory.", code: 500 } }), whole),
    });
    expect((await run()).result?.failures).toMatchObject([
      { number: 2, problem: { code: "server-failed", facts: { said: "Out of memory." } } },
    ]);
  });

  it("a busy server is asked again, and its wait is in no time", async () => {
    const busy = json({ error: { message: "Later." } }, 429);
    const { run } = await open({ replies: after(busy, whole), waits: { retryMs: [2000, 2000] } });
    const { result } = await run();
    expect(result?.runs.map(({ askedAgain }) => askedAgain)).toEqual([1, 0, 0]);
    const [first] = result?.runs ?? [];
    // The whole run took longer than the wait, of which half is certain.
    expect((result?.runs[1]?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThan(1000);
    expect(first?.ttftMs).toBeLessThan(1000);
  });

  it("a server that refuses the first request has nothing measured, and nothing is stored", async () => {
    const { run, handlers, home } = await open({ replies: [whole, json({ error: { message: "Pay." } }, 402)] });
    expect(await run()).toMatchObject({ outcome: "failed", result: null, problem: { code: "server-unpaid" } });
    expect((await handlers["serverBenchmark.history"]({})).results).toEqual([]);
    expect(await readdir(join(home, "server-benchmarks"))).toEqual([]);
  });

  it("a server that never ends its reply is stopped, by length and by time", async () => {
    const endless: Script = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const write = (): boolean => !response.destroyed && response.write(eventText(delta({ content: "on " })));
      const timer = setInterval(() => {
        for (let count = 0; count < 50; count++) write();
      }, 5);
      response.on("close", () => clearInterval(timer));
    };
    const byLength = await open({ replies: after(whole, endless, whole) });
    expect((await byLength.run()).result?.failures).toMatchObject([
      { number: 2, problem: { code: "server-endless", facts: { case: "long", tokens: 16 } } },
    ]);
    const drop: Script = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(eventText(delta({ content: "on" })));
    };
    const byTime = await open({ replies: after(whole, drop, whole), mostReplyMs: 4000 });
    expect((await byTime.run()).result?.failures).toMatchObject([
      { number: 2, problem: { code: "server-endless", facts: { case: "slow", seconds: 4 } } },
    ]);
  });

  it("a silent server is given up", async () => {
    const silent: Script = () => undefined;
    const { run } = await open({ replies: after(whole, silent, whole), waits: { firstMs: 3000 } });
    expect((await run()).result?.failures).toMatchObject([{ number: 2, problem: { code: "server-silent" } }]);
  });
});

describe("what is not begun, or ended", () => {
  it("stopping ends the request at once, and keeps what was measured", async () => {
    let closed = false;
    const waiting: Script = (response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(eventText(delta({ content: "Once" })));
    };
    const { start, handlers, server } = await open({ replies: after(whole, waiting) });
    await start();
    const asked = (): number => server.requests.filter((request) => request.path === path).length;
    await expect.poll(asked, { timeout: 20_000 }).toBe(4);
    expect(await handlers["serverBenchmark.stop"]({})).toMatchObject({
      outcome: "stopped",
      problem: null,
      result: { ending: "stopped", runs: [{ number: 1 }], failures: [] },
    });
    await expect.poll(() => closed, { timeout: 20_000 }).toBe(true);
    expect(asked()).toBe(4);
  });

  it("a server that is removed or moved meanwhile is sent nothing more", async () => {
    for (const change of ["remove", "moveAway"] as const) {
      let goOn = (): void => undefined;
      const waiting: Script = (response, got) => (goOn = () => whole(response, got));
      const opened = await open({ replies: after(whole, waiting) });
      await opened.start({ ...plan, repeats: 10 });
      const asked = (): number => opened.server.requests.filter((request) => request.path === path).length;
      await expect.poll(asked, { timeout: 20_000 }).toBe(4);
      await opened[change]();
      goOn();
      const state = () => opened.handlers["serverBenchmark.state"]({});
      await expect.poll(state, { timeout: 20_000 }).toMatchObject({
        outcome: "failed",
        problem: { code: "server-not-found" },
        result: { runs: [{ number: 1 }, { number: 2 }] },
      });
      expect(asked()).toBe(4);
    }
  });

  it("Offline refuses a server on another machine", async () => {
    const { network, run, moveAway, model, server } = await open();
    await moveAway();
    network.turn({ isOffline: true });
    expect(await run()).toMatchObject({
      run: { modelId: model.id, server: { host: "gpu.example.org", isThisMachine: false } },
      outcome: "failed",
      result: null,
      problem: { code: "offline" },
    });
    expect(server.requests.filter((request) => request.path === path)).toHaveLength(1);
  });

  it("only one measurement runs on this machine", async () => {
    const silent: Script = () => undefined;
    const { start, handlers } = await open({ replies: [whole, silent] });
    await start();
    await expect(start()).rejects.toMatchObject({ code: "benchmark-running" });
    expect(await handlers["serverBenchmark.stop"]({})).toMatchObject({ outcome: "stopped", result: null });
  });

  it("what the model's context cannot hold is refused, and a model of this machine", async () => {
    const { start, handlers, server } = await open();
    await expect(start({ ...plan, promptTokens: 4090 })).rejects.toMatchObject({
      code: "benchmark-nothing-to-measure",
      facts: { most: 4096 },
    });
    await expect(handlers["serverBenchmark.start"]({ modelId: "r1-nano", plan })).rejects.toMatchObject({
      code: "server-not-found",
    });
    expect(server.requests.filter((request) => request.path === path)).toHaveLength(1);
  });

  it("results are removed, and exported with where they were measured", async () => {
    const { run, handlers } = await open();
    const { result } = await run();
    const resultIds = [result?.id ?? ""];
    const exported = await handlers["serverBenchmark.export"]({ resultIds, format: "json" });
    expect(JSON.parse(exported.text)).toMatchObject([{ kind: "server", measured: "over-the-wire", clock: "app" }]);
    await handlers["serverBenchmark.remove"]({ resultIds });
    expect((await handlers["serverBenchmark.history"]({})).results).toEqual([]);
    await expect(handlers["serverBenchmark.export"]({ resultIds, format: "csv" })).rejects.toMatchObject({
      code: "benchmark-not-found",
    });
  });
});
