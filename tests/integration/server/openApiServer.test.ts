import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { apiServerCalls, type ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { openApiServer } from "../../../electron/server/openApiServer.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { rawRequest, statusOf } from "../../support/rawRequest.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";

/** Opens it as the app does, on a port that is free now. */
async function open(before?: TestWorkbench, confirmOpening = (_origin: string | null) => Promise.resolve(true)) {
  const opened = before ?? (await openTestWorkbench());
  const events: ApiServerInfo[] = [];
  const server = await openApiServer({
    ...opened,
    confirmOpening,
    onEvent: (name, data) => {
      if (name === "apiServer.changed") events.push(data as ApiServerInfo);
    },
  });
  onTestFinished(() => server.close());
  return { ...server, ...opened, opened, events };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** On a connection of its own: one that is kept open would be cut with the key. */
async function statusWith(info: ApiServerInfo, key: string): Promise<number> {
  const [address = ""] = info.state.state === "on" ? info.state.addresses : [];
  const { host, port } = new URL(address);
  const head = `GET /v1/models HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`;
  return statusOf(await rawRequest(Number(port), head));
}

async function isClosed(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const [error] = (await Promise.race([once(socket, "error"), once(socket, "connect")])) as [NodeJS.ErrnoException?];
  socket.destroy();
  return error?.code === "ECONNREFUSED";
}

test("off until it is started; the first start makes a key, which is shown once and kept as a hash", async () => {
  const first = await open();
  const port = await freePort();
  expect(await first.handlers["apiServer.info"]({})).toMatchObject({ state: { state: "off" }, keyMadeAt: null });
  await first.handlers["apiServer.change"]({ port });
  expect(await isClosed(port)).toBe(true);
  const { info, newKey } = await first.handlers["apiServer.start"]({});
  expect(info.state).toEqual({ state: "on", addresses: [`http://127.0.0.1:${port}/v1`] });
  const key = newKey ?? "";
  expect(Buffer.from(key.replace(/^r1-/, ""), "base64url")).toHaveLength(32);
  expect(await statusWith(info, key)).toBe(200);
  expect((await first.handlers["apiServer.start"]({})).newKey).toBeNull();
  await expect.poll(() => first.events.at(-1)?.state.state).toBe("on");

  expect((await first.handlers["apiServer.stop"]({})).state).toEqual({ state: "off" });
  expect(await isClosed(port)).toBe(true);
  const again = await first.handlers["apiServer.start"]({});
  expect(again.newKey).toBeNull();
  expect(await statusWith(again.info, key)).toBe(200);

  const renewed = await first.handlers["apiServer.renewKey"]({});
  expect(await statusWith(renewed.info, key)).toBe(401);
  expect(await statusWith(renewed.info, renewed.newKey ?? "")).toBe(200);
  for (const entry of readdirSync(first.home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name));
    for (const secret of [key, renewed.newKey ?? ""]) expect(text.includes(secret), entry.name).toBe(false);
  }
  expect((await first.handlers["apiServer.info"]({})).refusals[0]).toMatchObject({ status: 401, from: "127.0.0.1" });

  // The next start of the app knows the key, and starts by itself only if that is wanted.
  await first.close();
  const second = await open(first.opened);
  await second.api.resume();
  expect((await second.handlers["apiServer.info"]({})).state).toEqual({ state: "off" });
  await second.handlers["apiServer.change"]({ startsWithApp: true });
  await second.close();
  const third = await open(first.opened);
  await third.api.resume();
  expect(await statusWith(await third.handlers["apiServer.info"]({}), renewed.newKey ?? "")).toBe(200);
});

test("a port that is taken is said, and another one can be chosen", async () => {
  const { handlers } = await open();
  const taken = await listenOnLoopback(createServer());
  await handlers["apiServer.change"]({ port: taken });
  const { info } = await handlers["apiServer.start"]({});
  expect(info.state).toMatchObject({
    state: "failed",
    problem: { code: "api-server-not-started", facts: { case: "portInUse", port: taken } },
  });
  const changed = await handlers["apiServer.change"]({ port: await freePort() });
  expect(changed.state.state).toBe("on");
});

test("a new key ends what was asked for with the one before", async () => {
  const { handlers } = await open();
  await handlers["apiServer.change"]({ port: await freePort() });
  const { info, newKey } = await handlers["apiServer.start"]({});
  const [address] = info.state.state === "on" ? info.state.addresses : [];
  const response = await fetch(`${address}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${newKey}`, "content-type": "application/json" },
    body: JSON.stringify({
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      reasoning_effort: "none",
      response_format: { type: "json_schema", json_schema: { schema: { type: "string", minLength: 1000 } } },
    }),
  });
  const read = response.text();
  await Promise.all([handlers["apiServer.renewKey"]({}), expect(read).rejects.toThrow()]);
  await expect.poll(async () => (await handlers["apiServer.info"]({})).requests[0]?.outcome).toBe("stopped");
});

test("texts are kept only on request, and forgotten with it", async () => {
  const { handlers } = await open();
  await handlers["apiServer.change"]({ port: await freePort() });
  const { info, newKey } = await handlers["apiServer.start"]({});
  const [address] = info.state.state === "on" ? info.state.addresses : [];
  const ask = async (): Promise<string> => {
    const response = await fetch(`${address}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${newKey}`, "content-type": "application/json" },
      body: JSON.stringify({ messages: [{ role: "user", content: "What is 2 + 3?" }], seed: 1 }),
    });
    await response.text();
    return (await handlers["apiServer.info"]({})).requests[0]?.id ?? "";
  };
  expect(await handlers["apiServer.contents"]({ id: await ask() })).toBeNull();
  await handlers["apiServer.change"]({ keepsContents: true });
  const id = await ask();
  expect(await handlers["apiServer.contents"]({ id })).toMatchObject({
    prompt: expect.stringContaining("What is 2 + 3?") as string,
    answer: expect.stringContaining("5") as string,
  });
  await handlers["apiServer.change"]({ keepsContents: false });
  expect(await handlers["apiServer.contents"]({ id })).toBeNull();
});

test("the user is asked about each page and the network that is let in, and only about those", async () => {
  const asked: (string | null)[] = [];
  const agreed = new Set<string | null>(["https://one.example"]);
  const { handlers } = await open(undefined, (origin) => {
    asked.push(origin);
    return Promise.resolve(agreed.has(origin));
  });
  const change = async (settings: Parameters<(typeof handlers)["apiServer.change"]>[0]) =>
    (await handlers["apiServer.change"](settings)).settings;
  expect(await change({ allowedOrigins: ["https://one.example"] })).toMatchObject({
    allowedOrigins: ["https://one.example"],
  });
  // What is not agreed to changes nothing, and neither does what comes with it.
  const declined = await change({ allowedOrigins: ["https://one.example", "https://two.example"], port: 9999 });
  expect(declined).toMatchObject({ allowedOrigins: ["https://one.example"], port: 8321 });
  expect(await change({ isOpenToNetwork: true })).toMatchObject({ isOpenToNetwork: false });
  expect(asked).toEqual(["https://one.example", "https://two.example", null]);
  agreed.add(null);
  expect(await change({ isOpenToNetwork: true })).toMatchObject({ isOpenToNetwork: true });
  await change({ isOpenToNetwork: true, allowedOrigins: [] });
  await change({ isOpenToNetwork: false });
  expect(asked).toHaveLength(4);
});

test("what was taken back while the user was asked stays so", async () => {
  let asked: () => void = () => undefined;
  let agree: (agreed: boolean) => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const { handlers } = await open(undefined, (origin) => {
    if (origin !== "https://two.example") return Promise.resolve(true);
    asked();
    return new Promise((resolve) => (agree = resolve));
  });
  const change = handlers["apiServer.change"];
  await change({ isOpenToNetwork: true });
  const waiting = change({ isOpenToNetwork: true, allowedOrigins: ["https://two.example"] });
  await isAsked;
  await change({ isOpenToNetwork: false });
  agree(true);
  expect((await waiting).settings).toMatchObject({ isOpenToNetwork: false, allowedOrigins: [] });
});

test("only addresses of websites can be allowed", async () => {
  const { handlers } = await open();
  for (const origin of [
    "*",
    "null",
    "https://chat.example/",
    "chat.example",
    "file://x",
    "https://user@chat.example",
  ]) {
    await expect(handlers["apiServer.change"]({ allowedOrigins: [origin] })).rejects.toMatchObject({
      code: "api-origin-invalid",
    });
  }
  const { settings } = await handlers["apiServer.change"]({
    allowedOrigins: ["https://chat.example", "http://localhost:3000"],
  });
  expect(settings.allowedOrigins).toHaveLength(2);
  expect(apiServerCalls["apiServer.change"].input.safeParse({ port: 80 }).success).toBe(false);
  expect(apiServerCalls["apiServer.change"].input.safeParse({ key: "x" }).success).toBe(false);
});
