import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, test } from "vitest";
import type { ConnectionReason } from "../../../electron/contract/network.ts";
import { Connections } from "../../../electron/workbench/network/Connections.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { createIdentity } from "../../support/hub/createIdentity.ts";
import { testNetwork } from "../../support/testNetwork.ts";

const reason: ConnectionReason = { code: "search", facts: { words: "r1" } };

function open(proxy: string | null = null) {
  const network = testNetwork();
  const resolveProxy = (): Promise<string> => Promise.resolve(proxy === null ? "DIRECT" : `PROXY ${proxy}`);
  const connections = new Connections({ network, reason, trustedHost: "127.0.0.1", resolveProxy });
  onTestFinished(() => connections.close());
  const get = async (url: string, signal?: AbortSignal): Promise<string> =>
    text((await connections.request({ url: new URL(url), headers: {}, signal })).body);
  return { network, connections, get };
}

async function serve(listener: RequestListener) {
  let sentBytes = 0;
  let receivedBytes = 0;
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer(listener).on("connection", (socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => {
      sentBytes += socket.bytesRead;
      receivedBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  const port = await listenOnLoopback(server);
  /** What the server counted, as its client sees it. */
  const counted = async (): Promise<object> => {
    await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
    return { connections, sentBytes, receivedBytes };
  };
  return { port, url: `http://127.0.0.1:${port}/file`, counted };
}

describe("the record", () => {
  it("has one entry for each server, with exactly the connections, requests and bytes that the server counted", async () => {
    const { url, port, counted } = await serve((_, response) => response.end("x".repeat(100_000)));
    const { network, connections, get } = open();
    for (let request = 0; request < 3; request++) await get(url);
    await connections.close();
    expect(network.recorded()).toEqual([
      expect.objectContaining({
        host: `127.0.0.1:${port}`,
        proxy: null,
        reason,
        requests: 3,
        outcome: "done",
        failure: null,
        ...(await counted()),
      }),
    ]);
  });

  it("begins with the first request, so that a task that never ends is known too", async () => {
    const { url } = await serve(() => undefined);
    const { network, get } = open();
    const pending = get(url).catch(() => undefined);
    await expect.poll(() => network.recorded()).toMatchObject([{ outcome: "open" }]);
    network.turn({ isOffline: true });
    await pending;
  });

  it.each([
    ["a refused connection", "http://127.0.0.1:1/x", "ECONNREFUSED"],
    ["a name without a server", "http://name.invalid/x", /^E/],
  ])("says how %s failed", async (_title, url, failure) => {
    const { network, connections, get } = open();
    await expect(get(url)).rejects.toThrow();
    await connections.close();
    expect(network.recorded()).toMatchObject([
      { connections: 0, requests: 1, outcome: "failed", failure: expect.stringMatching(failure) as string },
    ]);
  });

  it("says how a server refused, unless a later request succeeded; a cancelled request is no failure", async () => {
    let status = 404;
    const { url } = await serve((_, response) => response.writeHead(status).end("body"));
    const first = open();
    await first.get(url);
    await first.connections.close();
    expect(first.network.recorded()).toMatchObject([{ outcome: "failed", failure: "HTTP 404" }]);
    const second = open();
    await second.get(url);
    status = 200;
    await second.get(url);
    await expect(second.get(url, AbortSignal.abort())).rejects.toThrow();
    await second.connections.close();
    expect(second.network.recorded()).toMatchObject([{ outcome: "done", failure: null }]);
  });

  it("names the proxy without its password, and counts what went through it, encrypted or not", async () => {
    const identity = createIdentity({ name: "hub", hosts: ["127.0.0.1"] });
    const secure = await listenOnLoopback(
      createSecureServer({ key: identity.key, cert: identity.cert }, (_, response) => response.end("secret")),
    );
    const { port } = await serve((_, response) => response.end("plain"));
    let [sentBytes, receivedBytes] = [0, 0];
    const proxy = createServer((_, response) => response.end("plain"));
    proxy.on("connect", ({ url: target = "" }, socket) => {
      const upstream = connect(Number(target.split(":")[1]), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on("error", () => undefined);
    });
    proxy.on("connection", (socket) =>
      socket.on("close", () => {
        sentBytes += socket.bytesRead;
        receivedBytes += socket.bytesWritten;
      }),
    );
    const proxyPort = await listenOnLoopback(proxy);
    const { network, connections, get } = open(`user:word@127.0.0.1:${proxyPort}`);
    expect(await get(`http://127.0.0.1:${port}/file`)).toBe("plain");
    await expect(get(`https://127.0.0.1:${secure}/file`)).rejects.toThrow();
    await connections.close();
    const recorded = network.recorded();
    expect(recorded).toMatchObject([
      { host: `127.0.0.1:${port}`, proxy: `127.0.0.1:${proxyPort}`, connections: 1, outcome: "done" },
      // Its certificate is self-signed.
      { host: `127.0.0.1:${secure}`, connections: 1, failure: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    ]);
    const sum = (of: "sentBytes" | "receivedBytes"): number => recorded.reduce((bytes, each) => bytes + each[of], 0);
    await expect.poll(() => [sentBytes, receivedBytes]).toEqual([sum("sentBytes"), sum("receivedBytes")]);
  });
});

test("while Offline is on, nothing connects and nothing is recorded; afterwards it works again", async () => {
  let requests = 0;
  const { url } = await serve((_, response) => {
    requests++;
    response.end("x");
  });
  const { network, get } = open();
  network.turn({ isOffline: true });
  await expect(get(url)).rejects.toMatchObject({ code: "offline", facts: undefined });
  network.turn({ isForced: true });
  await expect(get(url)).rejects.toMatchObject({ code: "offline", facts: { case: "forced" } });
  expect(requests).toBe(0);
  expect(network.recorded()).toEqual([]);
  network.turn({ isOffline: false });
  expect(await get(url)).toBe("x");
});

test("turning Offline on ends requests and responses that are under way", async () => {
  const { url, counted } = await serve((_, response) => response.writeHead(200).write("beginning"));
  const { url: silent } = await serve(() => undefined);
  const { network, connections, get } = open();
  const waiting = expect(get(silent)).rejects.toMatchObject({ code: "offline", facts: { case: "cut" } });
  const { body } = await connections.request({ url: new URL(url), headers: {} });
  network.turn({ isOffline: true });
  await waiting;
  await expect(text(body)).rejects.toMatchObject({ code: "offline" });
  // Its connection is closed.
  await counted();
  expect(network.recorded()).toMatchObject([
    { outcome: "stopped", failure: null },
    { outcome: "stopped", failure: null },
  ]);
});
