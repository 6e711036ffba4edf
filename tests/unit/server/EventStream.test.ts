import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { EventStream } from "../../../electron/server/EventStream.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";

/** Resolves with the response to a client, and the client’s socket, which reads nothing. */
async function silentClient() {
  const server = createServer();
  const port = await listenOnLoopback(server);
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  return { response, socket };
}

test("a client that does not read is dropped once 4 MB wait for it", async () => {
  const { response } = await silentClient();
  const stream = new EventStream(response);
  const event = { data: { text: "x".repeat(100_000) } };
  let sent = 0;
  while (!response.destroyed && sent < 1000) {
    stream.send(event);
    expect(response.writableLength).toBeLessThan(4.3 * 1024 * 1024);
    sent++;
    // Lets the system take what it can.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(response.destroyed).toBe(true);
  expect(sent).toBeGreaterThan(40);
  // What still comes from the engine does no harm.
  stream.send(event);
  stream.end();
});

test("the head and a comment are sent at once, and names with their events", async () => {
  const { response, socket } = await silentClient();
  const stream = new EventStream(response);
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString();
  });
  socket.resume();
  await expect.poll(() => received).toContain(": ping\n\n");
  expect(received).toContain("HTTP/1.1 200");
  stream.send({ name: "response.created", data: { a: "\n" } });
  stream.send({ data: "[DONE]" });
  stream.end();
  await expect.poll(() => received).toContain("data: [DONE]\n\n");
  expect(received).toContain('event: response.created\ndata: {"a":"\\n"}\n\n');
});
