import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createEncryptedServer } from "node:https";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Identity } from "../../support/hub/createIdentity.ts";

/** What the server writes next: the pieces of a reply, and how it ends. */
export interface ServedReply {
  thought?: string[];
  answer?: string[];
  /** `cut`: the connection is lost after the pieces. `hold`: nothing more comes. */
  ending?: "whole" | "cut" | "hold";
  /** After the first piece of the thought. Left out: all pieces come at once. */
  pauseMs?: number;
}

export interface AskedRequest {
  path: string;
  /** The host that was asked for, which a proxy is told. */
  host: string;
  authorization: string | null;
  body: { messages?: { role: string; content: string }[] };
}

/** A server with OpenAI's interface on this machine, which writes what the test provides. It is a proxy too. */
export interface ModelServer {
  /** Its origin and port. */
  url: string;
  host: string;
  /** All requests so far, without those that only find out what the server is. */
  asked: AskedRequest[];
  next: ServedReply;
  close(): Promise<void>;
}

/** Starts the server, with https if it has a certificate. Its models are said to be of this owner, by which the app knows the kind of server. */
export async function startModelServer(
  models: readonly string[],
  owner = "nobody",
  identity: Pick<Identity, "key" | "cert"> | null = null,
): Promise<ModelServer> {
  const sockets = new Set<Socket>();
  const asked: AskedRequest[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response);
  const server = identity === null ? createServer(listener) : createEncryptedServer(identity, listener);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const { port } = address;
  // Whatever host is asked for through it, it answers itself.
  server.on("connect", (_request, socket, head: Buffer) => {
    const self = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      self.write(head);
      self.pipe(socket).pipe(self);
    });
    self.on("error", () => socket.destroy());
    socket.on("error", () => self.destroy());
  });
  const running: ModelServer = {
    url: `${identity === null ? "http" : "https"}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    next: {},
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname } = new URL(request.url ?? "/", running.url);
    const { host = "", authorization = null } = request.headers;
    const text = Buffer.concat(chunks).toString();
    const body = (text === "" ? {} : JSON.parse(text)) as AskedRequest["body"];
    if (pathname === "/v1/models") {
      asked.push({ path: pathname, host, authorization, body });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data: models.map((id) => ({ id, owned_by: owner })) }));
    } else if (pathname === "/v1/chat/completions") {
      asked.push({ path: pathname, host, authorization, body });
      void write(response, running.next);
    } else {
      response.writeHead(404).end();
    }
  }
  return running;
}

async function write(response: ServerResponse, reply: ServedReply): Promise<void> {
  const { thought = [], answer = [], ending = "whole", pauseMs } = reply;
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (delta: object, finish: string | null = null): void => {
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
  };
  for (const [index, text] of thought.entries()) {
    if (index === 1 && pauseMs !== undefined) await wait(pauseMs);
    send({ reasoning_content: text });
  }
  for (const text of answer) send({ content: text });
  if (ending === "hold") return;
  if (ending === "cut") {
    // After what was written has left.
    response.write("", () => response.destroy());
    return;
  }
  send({}, "stop");
  const usage = { prompt_tokens: 12, completion_tokens: thought.length + answer.length };
  response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}
