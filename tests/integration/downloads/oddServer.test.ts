import { createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { bytesOf } from "../../support/hub/hubServer.mjs";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openDownloads, openHub } from "./openDownloads.ts";

const sizeBytes = 120_000_001;
const file = { "odd.gguf": { sizeBytes, seed: 5 } };

interface Asked {
  bytes: Buffer;
  /** Returns a head that states this many bytes, if any. */
  head: (bytes: number | null, lines?: string, version?: string) => string;
}

/** What a server may do instead of responding properly, written to the socket byte by byte as no HTTP library would. */
const oddities: Record<string, (socket: Socket, asked: Asked) => unknown> = {
  "ends the connection after the answer": (socket, { bytes, head }) => {
    socket.write(head(bytes.length, "connection: close\r\n"));
    socket.end(bytes);
  },
  "is of HTTP/1.0": (socket, { bytes, head }) => {
    socket.write(head(bytes.length, "", "1.0"));
    socket.end(bytes);
  },
  "cuts the body": (socket, { bytes, head }) => {
    socket.write(head(bytes.length));
    socket.end(bytes.subarray(0, bytes.length / 3));
  },
  "cuts the head": (socket, { bytes, head }) => socket.end(head(bytes.length).slice(0, 40)),
  "says nothing": (socket) => socket.destroy(),
  "says something else": (socket) => socket.end("\0\u0001 no HTTP at all"),
  "states less than was asked for": (socket, { bytes, head }) => {
    socket.write(head(bytes.length - 10));
    socket.write(bytes.subarray(0, -10));
  },
  "states and sends more": (socket, { bytes, head }) => {
    socket.write(head(bytes.length + 10));
    socket.write(bytes);
    socket.write("0123456789");
  },
  "sends an answer that nobody asked for": (socket, { bytes, head }) => {
    socket.write(head(bytes.length));
    socket.write(bytes);
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nbad");
  },
  "sends its head in pieces": (socket, { bytes, head }) => {
    socket.setNoDelay(true);
    const text = head(bytes.length);
    const next = (at: number): void => {
      socket.write(text.slice(at, at + 7));
      if (at + 7 < text.length) setImmediate(next, at + 7);
      else socket.write(bytes);
    };
    next(0);
  },
  "has a passing problem": (socket) =>
    socket.write("HTTP/1.1 503 Busy\r\ncontent-length: 2\r\nretry-after: 0\r\n\r\nno"),
  "sends chunks": (socket, { bytes, head }) => {
    socket.write(head(null, "transfer-encoding: chunked\r\n"));
    socket.write(`${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    socket.write("\r\n0\r\n\r\n");
  },
  "announces its answer": (socket, { bytes, head }) => {
    socket.write(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${head(bytes.length)}`);
    socket.write(bytes);
  },
};

it.each([
  ["each oddity once", Object.entries(oddities)],
  ["each in another order", Object.entries(oddities).toReversed()],
])("a server with %s: the file still arrives intact", async (_title, order) => {
  // The listing comes from the usual server, the bytes from this one.
  const hub = await openHub(file);
  const met: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (request) => {
      const asked = read(request.toString("latin1"), hub.state.etag);
      const [title, act] = order[met.length] ?? [];
      if (title === undefined || act === undefined) {
        socket.write(asked.head(asked.bytes.length));
        socket.write(asked.bytes);
        return;
      }
      met.push(title);
      act(socket, asked);
    });
  });
  const port = await listenOnLoopback(server);
  hub.state.intercept = (request, response) => {
    if (request.url?.includes("/resolve/") !== true) return false;
    response.writeHead(302, { location: `http://127.0.0.1:${port}/odd.gguf`, "content-length": "0" }).end();
    return true;
  };
  const { run } = openDownloads(hub, await temporaryFolder());
  expect((await run("odd.gguf")).status).toMatchObject({ state: "done", sha256: hub.sha256("odd.gguf") });
  expect(met).toEqual(order.map(([title]) => title));
});

function read(request: string, etag: string): Asked {
  const [, from = "", to = ""] = /^range: bytes=(\d+)-(\d+)\r$/im.exec(request) ?? [];
  const start = Number(from);
  const bytes = bytesOf(5, start, Number(to) - start + 1);
  const lines = `content-range: bytes ${from}-${to}/${sizeBytes}\r\netag: ${etag}\r\n`;
  return {
    bytes,
    head: (length, more = "", version = "1.1") =>
      `HTTP/${version} 206 Partial Content\r\n${length === null ? "" : `content-length: ${length}\r\n`}${lines}${more}\r\n`,
  };
}
