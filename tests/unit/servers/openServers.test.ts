import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isOffered } from "../../../electron/contract/modelChoice.ts";
import { leavesThisMachine, writtenAt } from "../../../electron/contract/modelKinds.ts";
import { type ServerList, writtenAtSchema } from "../../../electron/contract/servers.ts";
import type { RemoteModel } from "../../../electron/contract/models.ts";
import { openServers, type ServersOptions } from "../../../electron/workbench/servers/openServers.ts";
import { openServerSession } from "../../../electron/workbench/servers/openServerSession.ts";
import { delta, json, type Script, scriptedServer, sent, stream } from "../../support/servers/scriptedServer.ts";
import { keepingSecrets } from "../../support/keepingSecrets.ts";
import { quickWaits, testKey } from "../../support/servers/streamFrom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { testNetwork } from "../../support/testNetwork.ts";

const thinking = stream(delta({ reasoning_content: "Hm." }), delta({ content: "42" }), delta({}, "stop"), {
  choices: [],
  usage: { prompt_tokens: 9, completion_tokens: 4 },
});
const listed = (...models: object[]): Script => json({ object: "list", data: models });
const vllm = { id: "deepseek-r1", owned_by: "vllm", max_model_len: 4096 };

async function open(given: Partial<ServersOptions> & { home?: string } = {}) {
  const home = given.home ?? (await temporaryFolder());
  const network = testNetwork();
  const told: ServerList[] = [];
  const notices: unknown[] = [];
  const servers = openServers({
    home,
    secrets: undefined,
    network,
    resolveProxy: undefined,
    confirmServer: () => Promise.resolve(true),
    notices: { add: (problem) => notices.push(problem) },
    onModels: () => undefined,
    onEvent: (name, data) => name === "servers.changed" && told.push(data as ServerList),
    waits: quickWaits,
    ...given,
  });
  onTestFinished(() => servers.close());
  const { handlers, api } = servers;
  const add = (name: string, url: string, key: string | null = null) =>
    handlers["servers.add"]({ name, url, key, keyVariable: null, certificate: null, allowsPlainHttp: false });
  const test = (serverId: string, modelName: string | null = null) => handlers["servers.test"]({ serverId, modelName });
  const session = async (model: RemoteModel) =>
    openServerSession(
      {
        servers: api,
        choices: {
          get: () => Promise.resolve({ contextSize: null, temperature: null, topP: null, topK: null, minP: null }),
        } as never,
        marks: { replied: () => Promise.resolve() },
      },
      model,
      new AbortController().signal,
    );
  return { home, network, told, notices, handlers, api, add, test, session };
}

describe("a test", () => {
  it("finds the models, the program, where the thought is, and how tokens are counted", async () => {
    const { url, host } = await scriptedServer({ "/v1/models": listed(vllm), "/v1/chat/completions": thinking });
    const { add, test, api, network } = await open();
    const { id } = await add("GPU", url);
    const tested = await test(id);
    expect(tested).toMatchObject({
      dialect: "vllm",
      host,
      isThisMachine: true,
      test: {
        state: "done",
        findings: { asked: "deepseek-r1", thoughtField: "reasoning_content", counting: "tokenize" },
      },
    });
    const [model] = await api.models();
    expect(model).toMatchObject({
      id: `deepseek-r1@${id}`,
      family: "r1",
      contextLength: 4096,
      source: { kind: "server", serverName: "GPU", host, isThisMachine: true, modelName: "deepseek-r1" },
    });
    expect(network.recorded()).toMatchObject([
      { host, reason: { code: "server", facts: { case: "test", name: "GPU" } } },
    ]);
  });

  it("asks none of several models, unless one is named", async () => {
    const { url, requests } = await scriptedServer({
      "/v1/models": listed(vllm, { ...vllm, id: "other" }),
      "/v1/chat/completions": thinking,
    });
    const { add, test } = await open();
    const { id } = await add("GPU", url);
    expect((await test(id)).test).toMatchObject({ state: "done", findings: { asked: null, ttftMs: null } });
    expect(requests.map(({ path }) => path)).toEqual(["/v1/models"]);
    expect((await test(id, "other")).test).toMatchObject({ findings: { asked: "other" } });
  });

  it.each([
    [
      "llama-server",
      {
        "/v1/models": listed({ id: "/m/R1-Nano.gguf", owned_by: "llamacpp" }),
        "/props": json({ default_generation_settings: { n_ctx: 2048 } }),
      },
      2048,
    ],
    ["sglang", { "/v1/models": listed({ id: "r1", owned_by: "sglang", max_model_len: 8192 }) }, 8192],
    ["deepseek", { "/v1/models": listed({ id: "deepseek-reasoner", owned_by: "deepseek" }) }, null],
    [
      "ollama",
      { "/v1/models": listed({ id: "deepseek-r1:7b", owned_by: "me" }), "/api/version": json({ version: "0.40.12" }) },
      null,
    ],
    [
      "lm-studio",
      {
        "/v1/models": listed({ id: "r1", owned_by: "organization_owner" }, { id: "embed" }),
        "/api/v1/models": json({
          models: [
            {
              type: "llm",
              key: "deepseek/r1",
              loaded_instances: [{ id: "r1", config: { context_length: 4096 } }],
              max_context_length: 131_072,
            },
            { type: "embedding", key: "embed", loaded_instances: [], max_context_length: 2048 },
          ],
        }),
      },
      4096,
    ],
    [
      "lm-studio",
      {
        "/v1/models": listed({ id: "r1", owned_by: "organization_owner" }, { id: "embed" }),
        "/api/v0/models": json({
          data: [
            { id: "r1", type: "llm", loaded_context_length: 4096 },
            { id: "embed", type: "embeddings" },
          ],
        }),
      },
      4096,
    ],
    ["other", { "/v1/models": listed({ id: "r1", owned_by: "somebody" }) }, null],
  ])("recognizes %s", async (dialect, paths, contextLength) => {
    const { url } = await scriptedServer({ ...paths, "/v1/chat/completions": thinking, "/api/chat": thinking });
    const { add, test } = await open();
    const tested = await test((await add("S", url)).id);
    expect(tested).toMatchObject({ dialect, models: [{ contextLength }] });
  });

  it("lists each model once, and none whose name repeats the key or could pose as another", async () => {
    const { url } = await scriptedServer({
      "/v1/models": listed(
        vllm,
        { ...vllm, id: `m-${testKey}` },
        { ...vllm, id: "1r-keespeed\u202e" },
        { ...vllm, id: "\u001b[31mred" },
        vllm,
      ),
      "/v1/chat/completions": thinking,
    });
    const { home, add, test } = await open();
    const { id } = await add("GPU", url, testKey);
    expect((await test(id)).models.map(({ name }) => name)).toEqual(["deepseek-r1"]);
    expect(await readFile(join(home, "servers.json"), "utf8")).not.toContain(testKey);
  });

  it("leaves out single models that cannot be kept, and says how many", async () => {
    const { url } = await scriptedServer({
      "/v1/models": listed(vllm, { ...vllm, id: "x".repeat(501) }, { ...vllm, id: 7 }, { ...vllm, id: "a\u202eb" }),
      "/v1/chat/completions": thinking,
    });
    const { add, test } = await open();
    const tested = await test((await add("GPU", url)).id);
    expect(tested).toMatchObject({
      models: [{ name: "deepseek-r1" }],
      test: { state: "done", findings: { leftOut: 3 } },
    });
  });

  it("keeps no more of a list than a hundred servers have room for", async () => {
    const long = (at: number): string => `${at}-`.padEnd(500, "深");
    const { url } = await scriptedServer({
      "/v1/models": listed(...Array.from({ length: 3000 }, (_, at) => ({ ...vllm, id: long(at) }))),
    });
    const { home, add, test, handlers } = await open();
    const { id } = await add("GPU", url);
    const { test: last, models } = await test(id);
    if (last.state !== "done") throw new Error("The test has not ended.");
    expect(models.length).toBeGreaterThan(40);
    expect(models.length + last.findings.leftOut).toBe(3000);
    const { size } = await stat(join(home, "servers.json"));
    // Besides them there may be a certificate of 100 kB.
    expect(size).toBeLessThan(100_000);
    expect((await handlers["servers.list"]({})).servers).toMatchObject([{ id }]);
  });

  it("stores no key that a server repeats in what is not JSON", async () => {
    const { url } = await scriptedServer({
      "/v1/models": [sent(testKey, "application/json"), sent("", `text/${testKey}`)],
    });
    const { home, add, test } = await open();
    const { id } = await add("GPU", url, testKey);
    for (const _ of ["text", "its kind"]) {
      expect((await test(id)).test).toMatchObject({ state: "failed", problem: { code: "server-answer-invalid" } });
      expect(await readFile(join(home, "servers.json"), "utf8")).not.toContain(testKey.slice(0, 6));
    }
  });

  it("says nothing about another address", async () => {
    const { url } = await scriptedServer({ "/v1/models": listed(vllm), "/v1/chat/completions": thinking });
    const { add, test, handlers } = await open();
    const { id } = await add("GPU", url);
    await test(id);
    const renamed = await handlers["servers.change"]({ serverId: id, name: "GPUs", allowsPlainHttp: false });
    expect(renamed.test).toMatchObject({ state: "done" });
    const moved = await handlers["servers.change"]({ serverId: id, url: `${url}/other`, allowsPlainHttp: false });
    expect(moved).toMatchObject({ test: { state: "never" }, models: [{ name: "deepseek-r1" }] });
  });

  it("keeps that it failed, and what was known before", async () => {
    const { url } = await scriptedServer({
      "/v1/models": [listed(vllm), json({ error: { message: "no" } }, 401)],
      "/v1/chat/completions": thinking,
    });
    const { add, test } = await open();
    const { id } = await add("GPU", url);
    await test(id);
    expect(await test(id)).toMatchObject({
      models: [{ name: "deepseek-r1" }],
      test: { state: "failed", problem: { code: "server-key-refused", facts: { case: "withoutKey" } } },
    });
  });

  it("can be cancelled, and then changes nothing", async () => {
    const { url } = await scriptedServer({ "/v1/models": () => undefined });
    const { add, test, handlers, told } = await open();
    const { id } = await add("GPU", url);
    const testing = test(id);
    await expect.poll(() => told.at(-1)?.servers[0]?.test.state, { timeout: 20_000 }).toBe("running");
    await handlers["servers.cancelTest"]({ serverId: id });
    expect((await testing).test).toEqual({ state: "never" });
  });
});

describe("the list", () => {
  it("is the same after a restart, and a server that is added again has the same models", async () => {
    const { url } = await scriptedServer({ "/v1/models": listed(vllm), "/v1/chat/completions": thinking });
    const first = await open();
    const { id } = await first.add("GPU", url);
    await first.test(id);
    const second = await open({ home: first.home });
    expect((await second.api.models()).map((model) => model.id)).toEqual([`deepseek-r1@${id}`]);
    await second.handlers["servers.remove"]({ serverId: id });
    expect(await second.api.models()).toEqual([]);
    expect((await second.add("GPU", url)).id).toBe(id);
  });

  it("refuses a name that is taken, a server that nobody agreed to, and a key that is none", async () => {
    const { add } = await open({ confirmServer: (origin) => Promise.resolve(!origin.includes("evil")) });
    await add("GPU", "http://127.0.0.1:1");
    await expect(add("gpu", "http://127.0.0.1:2")).rejects.toMatchObject({ code: "server-name-taken" });
    await expect(add("X", "https://evil.example.org")).rejects.toMatchObject({ code: "server-not-agreed" });
    await expect(add("Y", "http://127.0.0.1:3", "a b")).rejects.toMatchObject({ code: "server-key-malformed" });
  });

  it("sets a damaged file aside, and says so", async () => {
    const { home, notices, handlers } = await open();
    await writeFile(join(home, "servers.json"), '{"servers":[{"id":"../x"}]}');
    expect((await handlers["servers.list"]({})).servers).toEqual([]);
    expect(notices).toMatchObject([{ code: "servers-damaged" }]);
    expect((await readdir(home)).some((name) => name.startsWith("servers.json.damaged-"))).toBe(true);
  });
});

describe("the key", () => {
  it("is sent to its own origin only, and is in no file and no record", async () => {
    const server = await scriptedServer({ "/v1/models": listed(vllm), "/v1/chat/completions": thinking });
    const other = await scriptedServer({ "/v1/models": listed(vllm), "/v1/chat/completions": thinking });
    const { home, add, test, handlers, network } = await open();
    const { id, keyFrom } = await add("GPU", server.url, testKey);
    expect(keyFrom).toBe("session");
    await test(id);
    expect(server.requests.every(({ key }) => key === testKey)).toBe(true);
    const moved = await handlers["servers.change"]({ serverId: id, url: other.url, allowsPlainHttp: false });
    expect(moved.keyFrom).toBe("none");
    await test(id);
    expect(other.requests.map(({ key }) => key)).toEqual([null, null]);
    for (const name of await readdir(home)) expect(await readFile(join(home, name), "utf8")).not.toContain(testKey);
    expect(JSON.stringify(network.recorded())).not.toContain(testKey);
  });

  it("is kept in the system's keychain where there is one, and goes with its server", async () => {
    const kept = new Map<string, string>();
    const secrets = keepingSecrets(kept);
    const { add, handlers } = await open({ secrets });
    const { id, keyFrom } = await add("GPU", "http://127.0.0.1:9", testKey);
    expect(keyFrom).toBe("keychain");
    expect([...kept]).toEqual([[`serverKey ${id} http://127.0.0.1:9`, testKey]]);
    await handlers["servers.remove"]({ serverId: id });
    expect([...kept]).toEqual([]);
  });

  it("is deleted with the next start, or the next list, of a server that the terminal removed", async () => {
    const kept = new Map<string, string>();
    const secrets = keepingSecrets(kept);
    kept.set("hubToken https://huggingface.co", "hf_token");
    const app = await open({ secrets });
    const terminal = await open({ home: app.home });
    const others: string[] = [];
    for (const name of ["A", "B", "C"]) {
      const { id } = await app.add(name, `http://127.0.0.1:${name.charCodeAt(0)}`, testKey);
      others.push(`serverKey ${id} http://127.0.0.1:${name.charCodeAt(0)}`);
    }
    const remove = async (at: number): Promise<unknown> =>
      terminal.handlers["servers.remove"]({ serverId: others[at]?.split(" ")[1] ?? "" });
    await remove(0);
    expect([...kept.keys()]).toContain(others[0]);
    await app.handlers["servers.list"]({});
    expect([...kept.keys()]).toEqual(["hubToken https://huggingface.co", others[1], others[2]]);
    await remove(1);
    await open({ home: app.home, secrets });
    await expect
      .poll(() => [...kept.keys()], { timeout: 20_000 })
      .toEqual(["hubToken https://huggingface.co", others[2]]);
    // Which servers there were, a damaged file does not tell.
    await writeFile(join(app.home, "servers.json"), "{");
    for (const _ of ["damaged", "gone"]) {
      await app.handlers["servers.list"]({});
      expect([...kept.keys()]).toContain(others[2]);
    }
  });

  it("is not deleted of a server that is added while the others are looked through", async () => {
    const secrets = keepingSecrets(new Map());
    const app = await open({ secrets });
    await app.add("A", "http://127.0.0.1:8", testKey);
    let adding: Promise<unknown> | undefined;
    const names = async (): Promise<string[]> => {
      await (adding ??= Promise.resolve(app.add("B", "http://127.0.0.1:9", testKey)));
      return await secrets.names();
    };
    const other = await open({ home: app.home, secrets: { ...secrets, names } });
    await other.handlers["servers.list"]({});
    const { servers } = await other.handlers["servers.list"]({});
    expect(servers.map(({ name, keyFrom }) => [name, keyFrom])).toEqual([
      ["A", "keychain"],
      ["B", "keychain"],
    ]);
  });
});

describe("the llama-server that the app runs", () => {
  const started = { key: testKey, modelName: "deepseek-r1", contextSize: 4096, workers: [] };
  const paths = {
    "/v1/models": listed({ id: "deepseek-r1", owned_by: "llamacpp" }),
    "/v1/chat/completions": thinking,
  };

  it("is on this machine, and programs can use its model", async () => {
    const { url, host } = await scriptedServer(paths);
    const { api, handlers } = await open();
    await api.setStarted({ ...started, url });
    const [model] = await api.models();
    expect(model?.source).toMatchObject({ serverId: "llama-server", host, isThisMachine: true });
    expect(model && [isOffered(model), leavesThisMachine(model)]).toEqual([true, false]);
    expect((await handlers["servers.list"]({})).servers).toMatchObject([
      { isThisMachine: true, isEncrypted: true, keyFrom: "app", test: { state: "done" } },
    ]);
  });

  it("is elsewhere if it has workers there: its model leaves this machine, and no program can use it", async () => {
    const { url, requests } = await scriptedServer(paths);
    const { api, handlers, session } = await open();
    await api.setStarted({ ...started, url });
    const [before] = await api.models();
    await api.setStarted(null);
    const workers = ["192.168.1.20:50052", "gpu.example.org:50052"];
    await api.setStarted({ ...started, url, workers });
    const [model] = await api.models();
    if (before === undefined || model === undefined) throw new Error("There is no model.");
    const host = "192.168.1.20:50052, gpu.example.org:50052";
    expect(model.source).toMatchObject({ host, isThisMachine: false });
    expect([isOffered(model), leavesThisMachine(model)]).toEqual([false, true]);
    expect((await handlers["servers.list"]({})).servers).toMatchObject([
      { host, isThisMachine: false, isEncrypted: false },
    ]);
    await expect(session(before)).rejects.toMatchObject({ code: "server-not-found" });
    const whole = { messages: [], thinking: "auto" as const, chat: null, maxTokens: null, onEvent: () => undefined };
    await (await session(model)).reply(whole);
    expect(requests.at(-1)?.path).toBe("/v1/chat/completions");
    await api.setStarted({
      ...started,
      key: "other",
      url,
      workers: Array.from({ length: 32 }, () => workers[1] ?? ""),
    });
    const [many] = await api.models();
    expect(writtenAtSchema.parse(many && writtenAt(many.source)).isThisMachine).toBe(false);
  });

  it("may end while it is being listed", async () => {
    const { api, handlers } = await open();
    const listing = api.setStarted({ ...started, url: "http://127.0.0.1:9" });
    await api.setStarted(null);
    await listing;
    expect((await handlers["servers.list"]({})).servers).toEqual([]);
  });
});

describe("offline", () => {
  it("refuses what leaves this machine, and leaves a server on it alone", async () => {
    const { url } = await scriptedServer({ "/v1/models": listed(vllm), "/v1/chat/completions": thinking });
    const { add, test, network } = await open();
    network.turn({ isOffline: true });
    const far = await add("Far", "https://gpu.example.org");
    expect((await test(far.id)).test).toMatchObject({ state: "failed", problem: { code: "offline" } });
    network.turn({ isOffline: false });
    // As when another process has turned it on since.
    network.freshState = () => Promise.resolve(network.turn({ isOffline: true })).then(() => network.state());
    expect((await test(far.id)).test).toMatchObject({ state: "failed", problem: { code: "offline" } });
    const near = await add("Near", url);
    expect((await test(near.id)).test).toMatchObject({ state: "done" });
  });
});

describe("a reply", () => {
  it("is counted by the server, or estimated where only replies are let through", async () => {
    const tokenize = "/tokenize";
    const { url } = await scriptedServer({
      "/v1/models": listed(vllm),
      "/v1/chat/completions": thinking,
      [tokenize]: [json({ tokens: [1, 2, 3] }), json({ detail: "Not Found" }, 404), json({ error: "no" }, 500)],
    });
    const { add, test, api, session } = await open();
    await test((await add("GPU", url)).id);
    const [model] = await api.models();
    if (model === undefined) throw new Error("There is no model.");
    const counted = await session(model);
    const prompt = { messages: [{ role: "user" as const, content: "x".repeat(400) }], thinking: "on" as const };
    expect(await counted.countTokens(prompt)).toBe(3);
    expect(await counted.countTokens(prompt)).toBe(100);
    await expect(counted.countTokens(prompt)).rejects.toMatchObject({ code: "server-failed" });
  });

  it.each([
    [
      "DeepSeek",
      { "/v1/models": listed({ id: "deepseek-reasoner", owned_by: "deepseek" }, { id: "deepseek-chat" }) },
      "deepseek-chat",
      { thinking: { type: "disabled" } },
    ],
    [
      "LM Studio",
      {
        "/v1/models": listed({ id: "r1", owned_by: "organization_owner" }, { id: "qwen" }),
        "/api/v1/models": json({
          models: [
            { type: "llm", key: "r1", loaded_instances: [], capabilities: { vision: false } },
            {
              type: "llm",
              key: "qwen",
              loaded_instances: [],
              capabilities: { reasoning: { allowed_options: ["off", "on"], default: "on" } },
            },
          ],
        }),
      },
      "qwen",
      { reasoning_effort: "none" },
    ],
  ])(
    "of %s skips the thought with the models that can, and names one where one cannot",
    async (name, paths, other, body) => {
      const { url, requests } = await scriptedServer({ ...paths, "/v1/chat/completions": thinking });
      const { add, test, api, session } = await open();
      await test((await add(name, url)).id);
      const [thinker, able] = await api.models();
      if (thinker === undefined || able === undefined) throw new Error("There are no two models.");
      expect([thinker, able].map(({ source }) => source.abilities.skipsThinking)).toEqual([false, true]);
      const asked = { messages: [{ role: "user" as const, content: "1?" }], thinking: "off" as const };
      const whole = { ...asked, chat: null, maxTokens: null, onEvent: () => undefined };
      await expect((await session(thinker)).reply(whole)).rejects.toMatchObject({
        code: "server-cannot",
        facts: { server: name, case: "otherModel", model: other },
      });
      await (await session(able)).reply(whole);
      expect(requests.at(-1)?.body).toMatchObject({ model: other, ...body });
    },
  );

  it("leaves out earlier thoughts, and refuses what the server cannot do", async () => {
    const { url, requests } = await scriptedServer({
      "/v1/models": listed({ id: "deepseek-reasoner", owned_by: "deepseek" }),
      "/v1/chat/completions": thinking,
    });
    const { add, test, api, session } = await open();
    await test((await add("DeepSeek", url)).id);
    const [model] = await api.models();
    if (model === undefined) throw new Error("There is no model.");
    const asked = {
      chat: null,
      messages: [
        { role: "user" as const, content: "1?" },
        { role: "assistant" as const, content: "<think>Hm.</think>1" },
        { role: "user" as const, content: "2?" },
      ],
      thinking: "on" as const,
      maxTokens: null,
      onEvent: () => undefined,
    };
    const reply = await (await session(model)).reply(asked);
    expect(reply).toMatchObject({ outcome: "done", stats: { wire: { counts: "usage" } } });
    expect(requests.at(-1)?.body).toMatchObject({
      messages: [{}, { content: "1" }, {}],
      temperature: 0.6,
      top_p: 0.95,
    });
    const refused = async (what: object) => (await session(model)).reply({ ...asked, ...what });
    await expect(refused({ thinking: "off" })).rejects.toMatchObject({ facts: { case: "skipThinking" } });
    await expect(refused({ thoughtLimit: { tokens: 5, ms: null } })).rejects.toMatchObject({
      facts: { case: "endThought" },
    });
    await expect(refused({ soFar: { thought: "Hm", answer: "4" } })).rejects.toMatchObject({
      facts: { case: "continue" },
    });
    await expect((await session(model)).prompt(asked)).rejects.toMatchObject({ facts: { case: "showPrompt" } });
    expect(requests.filter(({ path }) => path.endsWith("completions"))).toHaveLength(2);
  });
});
