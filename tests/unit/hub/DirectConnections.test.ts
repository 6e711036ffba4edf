import { createServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Answer } from "../../../electron/workbench/hub/AnswerBody.ts";
import { DirectConnections } from "../../../electron/workbench/hub/DirectConnections.ts";
import { connectOptions } from "../../../electron/workbench/hub/connectOptions.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";

const ok = (length: number, ...lines: string[]): string =>
  ["HTTP/1.1 200 OK", `content-length: ${length}`, ...lines, "", ""].join("\r\n");

/** A server that answers each request with what `answer` writes. */
async function serve(answer: (socket: Socket, request: string) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => answer(socket, bytes.toString("latin1")));
  });
  const url = new URL(`http://127.0.0.1:${await listenOnLoopback(server)}/a%20b?c`);
  const connections = new DirectConnections(connectOptions("127.0.0.1"));
  onTestFinished(() => connections.close());
  const ask = (signal?: AbortSignal, headers = {}) => connections.ask({ url, headers, signal });
  return { ask, sockets };
}

async function textOf(answer: Answer | null): Promise<string | null> {
  if (answer === null) return null;
  let text = "";
  await answer.body.each((chunk) => {
    text += chunk.toString("latin1");
    return true;
  });
  return text;
}

describe("connections for large answers", () => {
  it("ask for the path with the headers, and hand over the body", async () => {
    let asked = "";
    const { ask } = await serve((socket, request) => {
      asked = request;
      socket.write(`${ok(5, "ETag: x")}hello`);
    });
    const answer = await ask(undefined, { range: "bytes=0-4" });
    expect(answer).toMatchObject({ status: 200, headers: { etag: "x" } });
    expect(await textOf(answer)).toBe("hello");
    expect(asked.split("\r\n")).toEqual([
      "GET /a%20b?c HTTP/1.1",
      expect.stringMatching(/^host: 127/),
      "range: bytes=0-4",
      "",
      "",
    ]);
  });

  it("read a head and a body that come in any pieces", async () => {
    const { ask } = await serve((socket) => {
      socket.setNoDelay(true);
      const bytes = `${ok(6)}abcdef`;
      const next = (at: number): void => {
        if (at >= bytes.length) return;
        socket.write(bytes.slice(at, at + 3));
        setImmediate(next, at + 3);
      };
      next(0);
    });
    expect(await textOf(await ask())).toBe("abcdef");
    expect(await textOf(await ask())).toBe("abcdef");
  });

  it("are used again when all of an answer has come, and only then", async () => {
    const { ask, sockets } = await serve((socket) => socket.write(`${ok(3)}one`));
    for (let round = 0; round < 3; round++) expect(await textOf(await ask())).toBe("one");
    expect(sockets).toHaveLength(1);
    (await ask())?.body.destroy();
    await Promise.all([ask().then(textOf), ask().then(textOf)]);
    expect(sockets).toHaveLength(2);
  });

  it("are not used again where the server says so, or sent more than it stated", async () => {
    const closing = await serve((socket) => socket.write(`${ok(3, "connection: close")}one`));
    const chatty = await serve((socket) => socket.write(`${ok(3)}one and more`));
    for (const { ask, sockets } of [closing, chatty]) {
      for (let round = 1; round <= 2; round++) {
        expect(await textOf(await ask())).toBe("one");
        expect(sockets).toHaveLength(round);
      }
    }
  });

  it("ask again where the server closed one that rested, but not twice", async () => {
    const { ask, sockets } = await serve((socket) => {
      if (sockets.length === 1 && socket.bytesRead > 200) socket.destroy();
      else socket.write(`${ok(3)}one`);
    });
    for (let round = 0; round < 8; round++) expect(await textOf(await ask())).toBe("one");
    expect(sockets).toHaveLength(2);
    const dead = await serve((socket) => socket.destroy());
    await expect(dead.ask()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(dead.sockets).toHaveLength(1);
  });

  it("hand back what a full client has to read, and do not ask that server again", async () => {
    const { ask, sockets } = await serve((socket) =>
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n"),
    );
    expect(await ask()).toBeNull();
    expect(await ask()).toBeNull();
    expect(sockets).toHaveLength(1);
  });

  it("hand back a head without end, and a request that could not be written down", async () => {
    const endless = await serve((socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`));
    expect(await endless.ask()).toBeNull();
    const strict = await serve((socket) => socket.write(ok(0)));
    expect(await strict.ask(undefined, { authorization: "a\r\nx: y" })).toBeNull();
    expect(strict.sockets).toHaveLength(0);
  });

  it("a body cut short fails, with what came handed over", async () => {
    const { ask } = await serve((socket) => socket.end(`${ok(10)}half`));
    const answer = await ask();
    let text = "";
    await expect(answer?.body.each((chunk) => (text += chunk.toString()) !== "")).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(text).toBe("half");
  });

  it("nobody there is told by the system's code", async () => {
    const server = createServer();
    const url = new URL(`http://127.0.0.1:${await listenOnLoopback(server)}/`);
    await new Promise((resolve) => server.close(resolve));
    const connections = new DirectConnections(connectOptions("127.0.0.1"));
    await expect(connections.ask({ url, headers: {} })).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("a signal ends it: before, while it waits for the answer, and in the middle", async () => {
    const { ask, sockets } = await serve((socket) => {
      if (sockets.length > 1) socket.write(`${ok(10)}half`);
    });
    await expect(ask(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
    const early = new AbortController();
    const waiting = ask(early.signal);
    early.abort(new Error("while connecting"));
    await expect(waiting).rejects.toThrow("while connecting");
    const later = new AbortController();
    const answered = ask(later.signal);
    while (sockets.length === 0) await turn();
    later.abort(new Error("while waiting"));
    await expect(answered).rejects.toThrow("while waiting");
    const late = new AbortController();
    const reading = textOf(await ask(late.signal));
    late.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });

  it("nothing is received while the body waits, and all of it in the end", async () => {
    const bytes = 32_000_000;
    let isSent = false;
    const { ask } = await serve((socket) => {
      socket.write(ok(bytes));
      socket.write(Buffer.alloc(bytes, "x"), () => (isSent = true));
    });
    const answer = await ask();
    for (let round = 0; round < 50; round++) await turn();
    expect(isSent).toBe(false);
    let received = 0;
    await answer?.body.each(async (chunk) => {
      await turn();
      return (received += chunk.length) < bytes;
    });
    expect(received).toBe(bytes);
    expect(isSent).toBe(true);
  });
});
