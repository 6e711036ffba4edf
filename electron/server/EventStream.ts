import type { ServerResponse } from "node:http";
import type { ShapedEvent } from "./ReplyShape.ts";

/** More than this is not kept for a client that does not read. */
const mostUnreadBytes = 4 * 1024 * 1024;
/** Less than the shortest time after which programs and proxies give up on a silent connection. */
const pingMs = 5000;

/**
 * Server-sent events. The head is sent at once, and a comment whenever nothing else was for some time, so that a program
 * can tell waiting from a broken connection.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #pings: NodeJS.Timeout;
  #hasSent = true;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
    this.#write(": ping\n\n");
    this.#pings = setInterval(() => {
      if (!this.#hasSent) this.ping();
      this.#hasSent = false;
    }, pingMs);
  }

  ping(): void {
    this.#write(": ping\n\n");
  }

  send({ name, data }: ShapedEvent): void {
    const head = name === undefined ? "" : `event: ${name}\n`;
    this.#write(`${head}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
  }

  end(): void {
    clearInterval(this.#pings);
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.destroyed) return;
    this.#response.write(text);
    this.#hasSent = true;
    if (this.#response.writableLength > mostUnreadBytes) this.#response.destroy();
  }
}
