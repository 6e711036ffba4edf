import type { Answer } from "./AnswerBody.ts";
import { DirectConnection, type DirectRequest } from "./DirectConnection.ts";
import type { ConnectOptions } from "./connectOptions.ts";

/** What may stand in a header's value. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Connections for large answers, used again one request after another. */
export class DirectConnections {
  readonly #how: ConnectOptions;
  readonly #connections = new Set<DirectConnection>();
  /** Origins whose answers need a full client. */
  readonly #unfit = new Set<string>();

  constructor(how: ConnectOptions) {
    this.#how = how;
  }

  /**
   * Asks with GET. Resolves with the answer, or with null where a full client has to ask: the answer has no stated
   * length, say. Fails with the socket's error, or the signal's reason.
   */
  async ask(request: DirectRequest): Promise<Answer | null> {
    const { url, headers, signal } = request;
    if (this.#unfit.has(url.origin) || !Object.values(headers).every((value) => headerValue.test(value))) return null;
    for (;;) {
      signal?.throwIfAborted();
      const rested = this.#rested(url.origin);
      const connection = rested ?? (await this.#open(request));
      const exchange = connection.ask(request);
      try {
        const answer = await exchange.answer;
        if (answer === null) this.#unfit.add(url.origin);
        return answer;
      } catch (error) {
        // A server may close a connection that rests just as it is used again.
        if (rested === undefined || exchange.isBegun || signal?.aborted === true) throw error;
      }
    }
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  #rested(origin: string): DirectConnection | undefined {
    for (const connection of this.#connections) if (!connection.isOpen) this.#connections.delete(connection);
    return [...this.#connections].find((connection) => connection.isFree && connection.origin === origin);
  }

  async #open(request: DirectRequest): Promise<DirectConnection> {
    const connection = await DirectConnection.open(request, this.#how);
    this.#connections.add(connection);
    return connection;
  }
}
