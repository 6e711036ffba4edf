import { createServer, type RequestListener } from "node:http";
import { createServer as createRawServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished, vi } from "vitest";
import { HubTransport } from "../../../electron/workbench/hub/HubTransport.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { forTest } from "../../support/testNetwork.ts";

/** Every made-up name resolves to an address in the local network. */
vi.mock("node:dns", () => ({
  lookup: (
    _name: string,
    _options: object,
    done: (error: null, found: { address: string; family: number }[]) => void,
  ) =>
    done(null, [
      { address: "93.184.216.34", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ]),
}));

function openTransport(port: number) {
  const endpoint = `http://127.0.0.1:${port}`;
  const transport = new HubTransport({ endpoint, token: null, ...forTest() });
  onTestFinished(() => transport.close());
  return (signal?: AbortSignal) => transport.open({ url: `${endpoint}/file`, signal });
}

async function serve(listener: RequestListener) {
  let connections = 0;
  const server = createServer(listener).on("connection", () => connections++);
  return { open: openTransport(await listenOnLoopback(server)), connections: () => connections };
}

/** A server that responds to each request with what `answer` writes, byte by byte. */
async function serveRaw(answer: (socket: Socket) => void) {
  const server = createRawServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => answer(socket));
  });
  return openTransport(await listenOnLoopback(server));
}

async function countBytes(body: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  return bytes;
}

it("responses that are read to the end need at most four connections; an abandoned one closes its own", async () => {
  const { open, connections } = await serve((_, response) => response.end("x".repeat(200_000)));
  const read = async (): Promise<void> => {
    for (let round = 0; round < 5; round++) expect(await countBytes((await open()).body)).toBe(200_000);
  };
  await Promise.all([read(), read(), read(), read()]);
  expect(connections()).toBe(4);
  let isClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (isClosed = resolve));
  const endless = await serve((_, response) => {
    const more = (): void => {
      while (response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    response.on("close", () => {
      response.removeAllListeners();
      isClosed();
    });
    more();
  });
  for await (const chunk of (await endless.open()).body) if (chunk.length > 0) break;
  await closed;
});

it("a public name that resolves to the local network is not connected to", async () => {
  const transport = new HubTransport({ endpoint: "https://hub.example", token: null, ...forTest() });
  onTestFinished(() => transport.close());
  await expect(transport.open({ url: "https://elsewhere.example/file" })).rejects.toMatchObject({
    code: "hub-redirect-refused",
    detail: "elsewhere.example is an address in the local network",
  });
});

it("a signal aborts it: before, while waiting for the response, and in the middle", async () => {
  const { open } = await serve((_, response) => void response.writeHead(200).write("a little"));
  await expect(open(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  const late = new AbortController();
  const reading = text((await open(late.signal)).body);
  late.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
  const silent = await serve(() => early.abort(new Error("not at all")));
  const early = new AbortController();
  await expect(silent.open(early.signal)).rejects.toThrow("not at all");
});

it("nothing is received while nobody reads, and everything in the end", async () => {
  const bytes = 32_000_000;
  let isSent = false;
  const open = await serveRaw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes}\r\n\r\n`);
    socket.write(Buffer.alloc(bytes, "x"), () => (isSent = true));
  });
  const { body } = await open();
  for (let round = 0; round < 50; round++) await turn();
  expect(isSent).toBe(false);
  expect(await countBytes(body)).toBe(bytes);
  expect(isSent).toBe(true);
});

it("a truncated body fails, after what arrived was delivered", async () => {
  const open = await serveRaw((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"));
  let received = "";
  const reading = async (): Promise<void> => {
    for await (const chunk of (await open()).body) received += chunk.toString();
  };
  await expect(reading()).rejects.toThrow("other side closed");
  expect(received).toBe("half");
});

it("a body that fails while nobody reads it rejects the next read, and affects nothing else", async () => {
  let ended: Socket | null = null;
  const open = await serveRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
    ended = socket;
  });
  const { body } = await open();
  const broken = new Promise((resolve) => ended?.once("close", resolve));
  (ended as Socket | null)?.destroy();
  await broken;
  for (let round = 0; round < 10; round++) await turn();
  await expect(text(body)).rejects.toThrow();
  const unread = await open();
  unread.body.destroy(new Error("nobody wants it"));
  for (let round = 0; round < 10; round++) await turn();
});
