import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import type { Connection, ConnectionReason } from "../../contract/network.ts";
import { systemCode } from "../systemCode.ts";

/** Counts what one task sends to one server and gets from it. */
export class Tally {
  readonly #about: Pick<Connection, "id" | "startedAt" | "host" | "proxy" | "reason">;
  readonly #open = new Set<Socket>();
  readonly #closed = { sentBytes: 0, receivedBytes: 0 };
  #connections = 0;
  #requests = 0;
  #pending = 0;
  #failure: string | null = null;
  #isStopped = false;

  constructor(host: string, proxy: string | null, reason: ConnectionReason) {
    this.#about = { id: randomUUID(), startedAt: Date.now(), host, proxy: proxy && withoutPassword(proxy), reason };
  }

  /** Returns a connector that counts the connections which the given one makes. */
  counting(connect: buildConnector.connector): buildConnector.connector {
    return (options, done) => {
      connect(options, (...outcome) => {
        const [, socket] = outcome;
        // With an error there is none, not even null.
        if (socket) this.count(socket);
        done(...outcome);
      });
    };
  }

  /** Counts a connection, and what it carries from now on. */
  count(socket: Socket): void {
    this.#connections++;
    this.#open.add(socket);
    socket.once("close", () => {
      this.#open.delete(socket);
      this.#closed.sentBytes += socket.bytesWritten;
      this.#closed.receivedBytes += socket.bytesRead;
    });
  }

  requested(): void {
    this.#requests++;
    this.#pending++;
  }

  /** A request has failed, or its response has been read or given up. */
  ended(): void {
    this.#pending--;
  }

  /** Offline was turned on. */
  stop(): void {
    if (this.#pending > 0) this.#isStopped = true;
  }

  answered(status: number): void {
    this.#failure = status >= 400 ? `HTTP ${status}` : null;
  }

  /** What was stopped on purpose has not failed. */
  failed(error: unknown): void {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (error instanceof Error && error.name === "AbortError") return;
    this.#failure = (systemCode(cause) || systemCode(error) || "error").slice(0, 100);
  }

  describe(isOver: boolean): Connection {
    const sockets = [...this.#open];
    return {
      ...this.#about,
      countedAt: Date.now(),
      connections: this.#connections,
      requests: this.#requests,
      sentBytes: sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, this.#closed.sentBytes),
      receivedBytes: sockets.reduce((sum, { bytesRead }) => sum + bytesRead, this.#closed.receivedBytes),
      outcome: !isOver ? "open" : this.#isStopped ? "stopped" : this.#failure === null ? "done" : "failed",
      failure: this.#isStopped ? null : this.#failure,
    };
  }
}

function withoutPassword(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : "";
}
