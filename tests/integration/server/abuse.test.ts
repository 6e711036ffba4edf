import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { rawRequest, restOf, statusOf } from "../../support/rawRequest.ts";
import { serveTestWorkbench } from "../../support/serveTestWorkbench.ts";

const chat = { messages: [{ role: "user", content: "What is 2 + 3?" }], max_tokens: 8, reasoning_effort: "none" };

test("the table of what a server on a desktop must refuse", async () => {
  const { port, key, log } = await serveTestWorkbench();
  const host = `Host: 127.0.0.1:${port}`;
  const bearer = `Authorization: Bearer ${key}`;
  const json = "Content-Type: application/json";
  const ask = async (
    lines: readonly string[],
    body: string = JSON.stringify(chat),
    first = "POST /v1/chat/completions HTTP/1.1",
  ) =>
    await rawRequest(
      port,
      [first, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close", "", body].join("\r\n"),
    );
  const status = async (...asked: Parameters<typeof ask>): Promise<number> => statusOf(await ask(...asked));

  const good = await ask([host, bearer, json]);
  expect(statusOf(good)).toBe(200);
  expect(good).toContain('"finish_reason"');

  for (const wrong of [
    [`Host: evil.example:${port}`],
    [`Host: localhost.evil.example:${port}`],
    [`Host: 0.0.0.0:${port}`],
    [`Host: 127.0.0.1:${port}, evil.example`],
    [],
    [host, "Host: evil.example"],
    ["Host: evil.example", host],
  ]) {
    expect(await status([...wrong, bearer, json]), wrong.join()).toBe(421);
  }
  expect(await status([bearer, json], "{}", "POST /v1/chat/completions HTTP/1.0")).toBe(421);

  for (const wrong of ["Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"]) {
    for (const first of ["POST /v1/chat/completions HTTP/1.1", "GET /health HTTP/1.1", "GET /nothing HTTP/1.1"]) {
      const answer = await ask([host, bearer, json, wrong], "", first);
      expect(statusOf(answer), `${wrong} ${first}`).toBe(403);
      expect(answer.toLowerCase()).not.toContain("access-control-");
    }
  }
  const preflight = [
    "Origin: https://evil.example",
    "Access-Control-Request-Method: POST",
    "Access-Control-Request-Private-Network: true",
  ];
  const answer = await ask([host, ...preflight], "", "OPTIONS /v1/chat/completions HTTP/1.1");
  expect(statusOf(answer)).toBe(403);
  expect(answer.toLowerCase()).not.toContain("access-control-");

  expect(await status([host, bearer, "Content-Type: text/plain"])).toBe(415);
  expect(await status([host, "Content-Type: text/plain"])).toBe(415);
  expect(await status([host, bearer, "Content-Type: application/x-www-form-urlencoded"], "a=b")).toBe(415);
  expect(await status([host, "Origin: https://evil.example", "Content-Type: text/plain"])).toBe(403);

  for (const wrong of [
    [],
    [`x-api-key: ${key}`],
    [`Cookie: key=${key}`],
    [`Authorization: Bearer ${key.slice(1)}`],
    [`Authorization: bearer ${key}`],
    [`Authorization: Basic ${key}`],
    [bearer, bearer],
  ]) {
    expect(await status([host, json, ...wrong]), wrong.join()).toBe(401);
  }
  expect(await status([host, json], "{}", `POST /v1/chat/completions?key=${key} HTTP/1.1`)).toBe(401);
  for (const path of ["/health", "/v1/models", "/nothing"]) {
    expect(await status([host], "", `GET ${path} HTTP/1.1`)).toBe(401);
  }
  const refusals = log.refusals.map((refusal) => refusal.status);
  expect(refusals[0]).toBe(401);
  expect(refusals.length).toBe(20);

  // Nobody without the key had a token written: only the good request is listed.
  expect(log.requests).toHaveLength(1);
});

test("what is not HTTP, or too much of it", async () => {
  const { port, key } = await serveTestWorkbench();
  const head = `Host: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
  const post = "POST /v1/chat/completions HTTP/1.1\r\n";
  const status = async (text: string | Buffer): Promise<number> => statusOf(await rawRequest(port, text));
  expect(await status(`${post}${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toBe(400);
  expect(await status(`${post.replace("\r", "")}${head.replaceAll("\r", "")}\n`)).toBe(400);
  expect(await status(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]))).toBe(400);
  expect(await status(`${post}${head}X: ${"x".repeat(20_000)}\r\n\r\n`)).toBe(431);
  expect(await status(`${post}${head}Content-Length: -1\r\n\r\n`)).toBe(400);
  expect(await status(`${post}${head}Content-Length: 5000000\r\nConnection: close\r\n\r\n`)).toBe(413);
});

test("a body that grows beyond 4 MB is refused, and is not kept", async () => {
  const { port, key } = await serveTestWorkbench();
  const headers = {
    authorization: `Bearer ${key}`,
    "content-type": "application/json",
    "transfer-encoding": "chunked",
  };
  const sent = request({
    port,
    host: "127.0.0.1",
    path: "/v1/chat/completions",
    method: "POST",
    headers,
    agent: false,
  });
  const answered = once(sent, "response");
  for (let chunk = 0; chunk < 5; chunk++) sent.write(Buffer.alloc(1024 * 1024, " "));
  sent.end();
  const [response] = (await answered) as [IncomingMessage];
  expect(response.statusCode).toBe(413);
  await response.toArray();
});

test("who waits to be asked for a body is refused before it is sent", async () => {
  const { port, key } = await serveTestWorkbench();
  const expecting = (authorization: string): Promise<string> => {
    const socket = connect(port, "127.0.0.1");
    const head = `Host: 127.0.0.1:${port}\r\n${authorization}Content-Type: application/json\r\nContent-Length: 2\r\n`;
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\n${head}Connection: close\r\nExpect: 100-continue\r\n\r\n`);
    socket.once("data", (data) => {
      if (data.toString().startsWith("HTTP/1.1 100")) socket.write("{}");
      else socket.end();
    });
    return restOf(socket);
  };
  expect(statusOf(await expecting(""))).toBe(401);
  const odd = `GET /health HTTP/1.1\r\nHost: evil.example\r\nExpect: more\r\nConnection: close\r\n\r\n`;
  expect(statusOf(await rawRequest(port, odd))).toBe(421);
  const ours = odd.replace("evil.example", `127.0.0.1:${port}\r\nAuthorization: Bearer ${key}`);
  expect(statusOf(await rawRequest(port, ours))).toBe(417);
  const asked = await expecting(`Authorization: Bearer ${key}\r\n`);
  expect(asked).toContain("HTTP/1.1 100");
  expect(asked).toContain("HTTP/1.1 400");
});

test("slow headers, slow bodies and silent connections are ended in time", async () => {
  const { port, key } = await serveTestWorkbench({ limits: { requestMs: 300, idleMs: 300, checkEveryMs: 50 } });
  const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  const whole = `Authorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
  const health = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  const [slowHead, slowBody, silent, idle] = await Promise.all([
    rawRequest(port, head),
    rawRequest(port, head + whole),
    rawRequest(port, ""),
    rawRequest(port, health),
  ]);
  expect(statusOf(idle)).toBe(200);
  expect(statusOf(slowHead)).toBe(408);
  expect(statusOf(slowBody)).toBe(408);
  expect(["", "HTTP/1.1 408"]).toContain(silent.slice(0, 12));
});

test("bodies that two parsers could read differently, and bombs", async () => {
  const { post } = await serveTestWorkbench();
  const message = '{"role":"user","content":"x"}';
  for (const body of [
    "",
    "[]",
    "{",
    `{"messages":[${message}],"temperature":NaN}`,
    `{"messages":[${message}],"temperature":1e999}`,
    `{"messages":[${message}],"stream":true,"stream":false}`,
    `{"messages":[${message}],"__proto__":{"stream":true}}`,
    `{"messages":[${message}],"metadata":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
    `{"messages":[${message.concat(",").repeat(100_000)}${message}]}`,
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
  ]) {
    const response = await post("/v1/chat/completions", null, { body });
    expect(response.status, String(body).slice(0, 80)).toBe(400);
    expect(((await response.json()) as { error: { type: string } }).error.type).toBe("invalid_request_error");
  }
});

test("at most 32 connections", async () => {
  const { port, server } = await serveTestWorkbench();
  const sockets = Array.from({ length: 40 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  let open = sockets.length;
  for (const socket of sockets) socket.once("close", () => open--);
  await expect.poll(() => open).toBe(32);
  expect(server.connections).toBe(32);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => server.connections).toBe(0);
});

test("several requests sent at once are answered one after the other", async () => {
  const { port, key } = await serveTestWorkbench();
  const health = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\n`;
  const other = `GET /health HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${key}\r\n`;
  const answer = await rawRequest(port, `${health}\r\n${other}\r\n${health}Connection: close\r\n\r\n`);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 421", "HTTP/1.1 200"]);
});

test("nothing else can be reached, and methods are checked", async () => {
  const { url, key } = await serveTestWorkbench();
  const status = async (method: string, path: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    return (await fetch(url + path, { method, headers })).status;
  };
  for (const path of [
    "/",
    "/v1",
    "/v1/chats",
    "/v1/files",
    "/props",
    "/slots",
    "/metrics",
    "/..%2f..%2fsettings.json",
    "/constructor",
  ]) {
    expect(await status("GET", path), path).toBe(404);
  }
  for (const name of ["..%2F..%2Fetc%2Fpasswd", "https:%2F%2Fevil.example", "%E0%A4%A", "__proto__"]) {
    expect(await status("GET", `/v1/models/${name}`), name).toBe(404);
  }
  expect(await status("GET", "/v1/chat/completions")).toBe(405);
  expect(await status("DELETE", "/v1/models")).toBe(405);
  expect(await status("HEAD", "/health")).toBe(200);
});

test("a web page that is allowed may ask and read, and no other", async () => {
  const { url, key } = await serveTestWorkbench({ origins: ["https://chat.example"] });
  const headers = { authorization: `Bearer ${key}`, origin: "https://chat.example" };
  const asked = await fetch(`${url}/v1/models`, {
    method: "OPTIONS",
    headers: { origin: "https://chat.example", "access-control-request-headers": "authorization" },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers.get("access-control-allow-origin")).toBe("https://chat.example");
  expect(asked.headers.get("access-control-allow-headers")).toBe("authorization");
  const read = await fetch(`${url}/v1/models`, { headers });
  expect(read.status).toBe(200);
  expect(read.headers.get("access-control-allow-origin")).toBe("https://chat.example");
  expect((await fetch(`${url}/v1/models`, { headers: { ...headers, origin: "https://other.example" } })).status).toBe(
    403,
  );
});

test("the same port on both of this computer’s own addresses, and a clear word if it is taken", async () => {
  const { port, key, server } = await serveTestWorkbench({ hosts: ["127.0.0.1"] });
  const problem = { code: "api-server-not-started", facts: { case: "portInUse", port } };
  await expect(server.listen(["127.0.0.1"], port)).rejects.toMatchObject(problem);
  const { port: second, key: secondKey } = await serveTestWorkbench({ hosts: ["::1"] });
  const health = (at: number, withKey: string): string =>
    `GET /health HTTP/1.1\r\nHost: [::1]:${at}\r\nAuthorization: Bearer ${withKey}\r\nConnection: close\r\n\r\n`;
  expect(statusOf(await rawRequest(second, health(second, secondKey), "::1"))).toBe(200);
  expect(key).not.toBe(secondKey);
});

test.runIf(process.platform === "linux")("it answers under the address that it was told to listen at", async () => {
  const { port, key } = await serveTestWorkbench({ hosts: ["127.0.0.2"] });
  const health = `GET /health HTTP/1.1\r\nHost: 127.0.0.2:${port}\r\nAuthorization: Bearer ${key}\r\n`;
  expect(statusOf(await rawRequest(port, `${health}Connection: close\r\n\r\n`, "127.0.0.2"))).toBe(200);
});
