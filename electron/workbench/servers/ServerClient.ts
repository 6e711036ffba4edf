import type { ServerDialect } from "../../contract/servers.ts";
import { readJson } from "../hub/readJson.ts";
import { type Answer, Connections, type ConnectionsOptions } from "../network/Connections.ts";
import {
  type Asked,
  problemOfConnection,
  problemOfEvent,
  problemOfStatus,
  ServerFailure,
  failureWithoutKey,
} from "./serverProblem.ts";
import { errorIn } from "./readReply.ts";

/** A server as it is connected to. */
export interface ServerTarget {
  name: string;
  url: string;
  host: string;
  dialect: ServerDialect | null;
  /** The only certificate, or authority, that it is trusted with, as PEM text. Null: those of the system. */
  certificate: string | null;
  /** Sent to the server's own origin only. Null if there is none. */
  key: string | null;
}

/** The optional fields of a request that a server has refused, by the name of the model. */
export type RefusedFields = Map<string, readonly string[]>;

export interface ServerClientOptions extends Pick<ConnectionsOptions, "network" | "reason" | "resolveProxy"> {
  target: ServerTarget;
  /** What earlier clients of the same server have found out. Left out: nothing. */
  refused?: RefusedFields;
}

interface ServerRequest {
  url: URL;
  /** What is sent as JSON, with POST. Left out: nothing, with GET. */
  body?: object;
  /** The model that the request is about. */
  model?: string;
  signal: AbortSignal;
  headTimeoutMs?: number;
}

/** What this app calls itself. */
export const ownUserAgent = "r1-workbench";

/** How long a server may take for anything but a reply. */
const shortMs = 20_000;
const mostErrorBytes = 100_000;

/** Makes requests to one server, and follows no redirects: what is sent goes there and nowhere else. */
export class ServerClient {
  readonly target: ServerTarget;
  readonly refused: RefusedFields;
  readonly #connections: Connections;

  constructor({ target, refused = new Map(), ...options }: ServerClientOptions) {
    this.target = target;
    this.refused = refused;
    const { certificate } = target;
    const trustedHost = new URL(target.url).hostname;
    this.#connections = new Connections({
      ...options,
      trustedHost,
      mayStayHere: true,
      keepsNear: true,
      certificate,
    });
  }

  /** Returns who was asked, for the sentences about a failure. */
  asked(model: string | null = null): Asked {
    const { name: server, host, key } = this.target;
    return { server, host, model, key };
  }

  /**
   * Resolves with a successful answer, whose body must be read or destroyed. Rejects with a `ServerFailure`, another coded
   * error such as `offline`, or the signal's reason.
   */
  async open({ url, body, model, signal, headTimeoutMs = shortMs }: ServerRequest): Promise<Answer> {
    const asked = this.asked(model ?? null);
    const answer = await this.#ask({ url, body, signal, headTimeoutMs }, asked);
    const { statusCode: status } = answer;
    if (status >= 200 && status < 300) return answer;
    const header = headerReader(answer);
    if (status >= 300 && status < 400) {
      answer.body.destroy();
      const location = header("location") ?? "";
      const host = URL.canParse(location, url.href) ? new URL(location, url).host : "?";
      throw new ServerFailure("server-redirected", { server: asked.server, host: host.slice(0, 300) });
    }
    throw problemOfStatus(status, await readError(answer), header, asked);
  }

  /** Resolves with the answer's JSON. Rejects as `open` does, and with `server-answer-invalid`. */
  async json(request: ServerRequest): Promise<unknown> {
    try {
      return await this.#json(request);
    } catch (error) {
      throw failureWithoutKey(error, this.target.key);
    }
  }

  async #json(request: ServerRequest): Promise<unknown> {
    const asked = this.asked(request.model ?? null);
    const answer = await this.open(request);
    let value: unknown;
    try {
      value = await readJson({ header: headerReader(answer), body: answer.body });
    } catch (error) {
      throw problemOfConnection(error, asked);
    }
    const error = errorIn(value);
    if (error !== undefined) throw problemOfEvent(error, asked);
    return value;
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  async #ask(
    {
      url,
      body,
      signal,
      headTimeoutMs,
    }: Pick<ServerRequest, "url" | "signal"> & {
      body: object | undefined;
      headTimeoutMs: number;
    },
    asked: Asked,
  ): Promise<Answer> {
    const { key } = this.target;
    const headers = {
      "user-agent": ownUserAgent,
      accept: "text/event-stream, application/json",
      "accept-encoding": "identity",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(key !== null && { authorization: `Bearer ${key}` }),
    };
    try {
      const sent = body === undefined ? undefined : JSON.stringify(body);
      return await this.#connections.request({ url, headers, body: sent, signal, headTimeoutMs });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw problemOfConnection(error, asked);
    }
  }
}

/** Returns a reader of an answer's headers by their lower-case names. */
export function headerReader({ headers }: Pick<Answer, "headers">): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}

/** Returns how an answer is compressed, or null if it is not. */
export function packing(header: (name: string) => string | undefined): string | null {
  const encoding = header("content-encoding")?.trim().toLowerCase() || "identity";
  return encoding === "identity" ? null : `content encoding ${encoding.slice(0, 40)}`;
}

/** Resolves with what an unsuccessful answer says: JSON if it is some, else its text, as far as it can be read. */
async function readError(answer: Answer): Promise<unknown> {
  const { body } = answer;
  if (packing(headerReader(answer)) !== null) {
    body.destroy();
    return "";
  }
  const timer = setTimeout(() => body.destroy(new Error("late")), shortMs);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > mostErrorBytes) break;
    }
  } catch {
    // What has arrived may say enough.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
