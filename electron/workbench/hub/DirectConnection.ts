import type { Socket } from "node:net";
import { DirectExchange } from "./DirectExchange.ts";
import type { ConnectOptions } from "./connectOptions.ts";
import { receiveBuffers } from "./ReadBuffers.ts";
import { buildConnector } from "./undiciParts.mjs";

export interface DirectRequest {
  url: URL;
  /** Values without line breaks. */
  headers: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Servers close idle connections after five seconds or more. */
const longestRestMs = 4000;

/** A connection to one origin, for one request after another. What is received goes straight to whoever takes it. */
export class DirectConnection {
  readonly origin: string;
  readonly #socket: Socket;
  #exchange: DirectExchange | null = null;

  private constructor(socket: Socket, origin: string) {
    this.#socket = socket;
    this.origin = origin;
    socket.on("error", (error) => this.#exchange?.fail(error));
    socket.on("close", () => {
      const error = new Error("The other side ended the connection.");
      this.#exchange?.fail(Object.assign(error, { code: "ECONNRESET" }));
    });
    socket.on("timeout", () => {
      if (this.#exchange === null) socket.destroy();
    });
  }

  /** Connects to the URL's origin. Fails with the socket's error, or the signal's reason. */
  static open({ url, signal }: DirectRequest, how: ConnectOptions): Promise<DirectConnection> {
    return new Promise((resolve, reject) => {
      let connection: DirectConnection | null = null;
      const buffers = receiveBuffers(url.protocol);
      const onread = {
        buffer: () => buffers.take(),
        callback: (bytes: number, buffer: Buffer) =>
          connection !== null && connection.#receive(buffers.filled(buffer, bytes)),
      };
      // undici's types do not know that it passes on what sockets take.
      const connect = buildConnector({ ...how, onread } as buildConnector.BuildOptions);
      const { hostname, host, protocol, port, origin } = url;
      const where = { hostname: hostname.replace(/^\[|\]$/g, ""), host, protocol, port };
      const onAbort = (): void => void socket.destroy(signal?.reason as Error);
      const socket = connect(where, (error, connected) => {
        signal?.removeEventListener("abort", onAbort);
        if (error !== null) {
          reject(error);
          return;
        }
        connection = new DirectConnection(connected, origin);
        resolve(connection);
      }) as unknown as Socket;
      signal?.addEventListener("abort", onAbort);
    });
  }

  get isFree(): boolean {
    return this.#exchange === null && this.isOpen;
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Sends a GET. See `DirectExchange.answer`. */
  ask({ url, headers, signal }: DirectRequest): DirectExchange {
    const exchange = new DirectExchange(this.#socket, signal);
    this.#exchange = exchange;
    this.#socket.ref();
    this.#socket.setTimeout(0);
    const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1");
    this.#socket.resume();
    return exchange;
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): boolean {
    const exchange = this.#exchange;
    const goesOn = exchange?.receive(chunk) ?? false;
    if (exchange === null) this.close();
    else if (exchange.isWhole) this.#rest(exchange.staysOpen);
    return goesOn;
  }

  /** Kept for the next request; nobody waits for it. */
  #rest(staysOpen: boolean): void {
    this.#exchange = null;
    if (!staysOpen) this.close();
    this.#socket.unref();
    this.#socket.setTimeout(longestRestMs);
  }
}
