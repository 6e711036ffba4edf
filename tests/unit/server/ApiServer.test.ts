import { networkInterfaces, hostname } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { hashOfKey, newApiKey } from "../../../electron/server/apiKeys.ts";
import { ApiServer, type ApiServerOptions, namesFor } from "../../../electron/server/ApiServer.ts";
import { RequestLog } from "../../../electron/server/RequestLog.ts";

type Ask = ApiServerOptions["workbench"]["answerProgram"];

/** Serves a workbench with one model, whose replies are as `answerProgram` says. */
async function serve(answerProgram: Ask, origins: readonly string[] = []) {
  const key = newApiKey();
  const rules = { origins, keyHashes: [hashOfKey(key)] };
  const calls: string[] = [];
  const workbench = {
    call: (name: string) => (
      calls.push(name), Promise.resolve([{ id: "r1", name: "R1", source: { kind: "file" }, problems: [] }])
    ),
    answerProgram,
    isOffline: () => false,
    recordConnection: () => undefined,
  };
  const server = new ApiServer({
    workbench: workbench as unknown as ApiServerOptions["workbench"],
    log: new RequestLog(() => undefined),
    rules: () => rules,
  });
  const port = await server.listen(["127.0.0.1"], 0);
  onTestFinished(() => server.close());
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: JSON.stringify({ model: "r1", ...body }),
    });
  return { server, rules, post, calls };
}

const messages = [{ role: "user", content: "Hello" }];

test("it has only this computer’s own names, and those of the network only where the network can connect", () => {
  const loopback = ["localhost", "127.0.0.1", "[::1]"];
  expect([...namesFor(["127.0.0.1", "::1"])]).toEqual(loopback);
  expect([...namesFor(["127.0.0.2"])]).toEqual([...loopback, "127.0.0.2"]);
  const inNetwork = namesFor(["0.0.0.0", "::1"]);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family } of addresses) {
    expect(inNetwork.has(family === "IPv6" ? `[${address.toLowerCase()}]` : address), address).toBe(true);
  }
  expect(inNetwork.has(hostname().toLowerCase())).toBe(true);
  expect(inNetwork.has("0.0.0.0")).toBe(false);
  expect([...namesFor(["fd00::5"])]).toContain("[fd00::5]");
});

test("a web page that is no longer allowed loses its reply, and others keep theirs", async () => {
  const ends: (() => void)[] = [];
  const { server, rules, post } = await serve(
    ({ signal }) =>
      new Promise((resolve) => {
        const end = (): void => resolve({ outcome: "stopped", stats: null });
        signal.addEventListener("abort", end, { once: true });
        ends.push(end);
      }),
    ["https://one.example", "https://other.example"],
  );
  const ask = (origin: string) => post("/v1/chat/completions", { messages, stream: true }, { origin });
  const [one, other] = await Promise.all([ask("https://one.example"), ask("https://other.example")]);
  rules.origins = ["https://other.example"];
  server.cutPages();
  await expect(one.text()).rejects.toThrow();
  await expect.poll(() => ends.length, { timeout: 20_000 }).toBe(2);
  for (const end of ends) end();
  expect(await other.text()).toContain("stopped");
});

test("no other model answers in the place of one that is deleted while the request waits", async () => {
  const { post } = await serve(({ onModel }) => {
    onModel?.({ id: "other", name: "Other" } as Parameters<NonNullable<typeof onModel>>[0]);
    return Promise.resolve({ outcome: "done", stats: null });
  });
  const response = await post("/v1/chat/completions", { messages });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: "model_not_found" } });
});

test("a request that is told to come again has no models listed, and one for a server’s model has a place of its own", async () => {
  const { post, calls } = await serve(
    ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve({ outcome: "stopped", stats: null }), { once: true });
      }),
  );
  const waiting = Array.from({ length: 8 }, () => post("/v1/chat/completions", { messages, stream: true }));
  for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
  const listed = calls.length;
  expect((await post("/v1/chat/completions", { messages })).status).toBe(429);
  expect(calls.length).toBe(listed);
  expect((await post("/v1/chat/completions", { model: "r1@box", messages })).status).toBe(404);
});

test("a program whose model was unloaded is told not to ask again, and one that can come back is told when", async () => {
  const codes = ["model-unloaded", "engine-busy"] as const;
  const left = codes.map((code) => new WorkbenchError(code));
  const { post } = await serve(() => Promise.reject(left.shift() ?? new Error("x")));
  const [unloaded, busy] = [
    await post("/v1/chat/completions", { messages }),
    await post("/v1/chat/completions", { messages }),
  ];
  expect(unloaded.status).toBe(503);
  expect(unloaded.headers.get("x-should-retry")).toBe("false");
  expect(unloaded.headers.get("retry-after")).toBeNull();
  expect(busy.status).toBe(503);
  expect(busy.headers.get("retry-after")).toBe("5");
});

test("a failure in a stream is told as each of OpenAI’s forms has it", async () => {
  const { post } = await serve(() => Promise.reject(new Error("x")));
  const chat = await (await post("/v1/chat/completions", { messages, stream: true })).text();
  expect(chat.trim().split("\n\n").at(-1)).toMatch(/^data: \{"error":/);
  const text = await (await post("/v1/responses", { input: "Hello", stream: true })).text();
  const events = text.trim().split("\n\n").slice(-2);
  expect(events[0]).toMatch(/^event: error\ndata: \{"type":"error","sequence_number":2,"code":"internal"/);
  expect(events[1]).toMatch(/^event: response.failed\n/);
  expect(JSON.parse(events[1]?.split("data: ")[1] ?? "")).toMatchObject({
    response: { status: "failed", error: { code: "internal" }, output: [] },
  });
});
