import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { WorkbenchError } from "../contract/errors.ts";
import { openTexts } from "../texts/texts.ts";
import { isLoopbackAddress } from "../workbench/network/isThisMachine.ts";
import type { Tally } from "../workbench/network/Tally.ts";
import { systemCode } from "../workbench/systemCode.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { ApiFailure } from "./ApiFailure.ts";
import { failureOf } from "./failureOf.ts";
import { guard, type GuardRules } from "./guard.ts";
import { hostInAddress } from "./listenAddresses.ts";
import type { RequestLog, Sender } from "./RequestLog.ts";
import { Routes } from "./Routes.ts";
import { ServedConnections } from "./ServedConnections.ts";

export interface ApiServerOptions {
  workbench: Pick<Workbench, "call" | "answerProgram" | "isOffline" | "recordConnection">;
  log: RequestLog;
  /** Asked with each request, because they may change while it listens. */
  rules: () => Pick<GuardRules, "origins" | "keyHashes">;
  onConnections?: () => void;
  /** For tests: other time limits, in milliseconds. */
  limits?: Partial<typeof usualLimits>;
}

const usualLimits = { requestMs: 30_000, idleMs: 30_000, checkEveryMs: 1000 };
const mostConnections = 32;
/** With so many, connections end with their request, so that idle ones do not keep others out. */
const mostKeptOpen = 24;
const mostHeaderBytes = 16 * 1024;
/** They stand for all addresses, and are the name of none. */
const anyAddress = new Set(["0.0.0.0", "::"]);

/** Serves the workbench over HTTP, in the shape of OpenAI's API. */
export class ApiServer {
  readonly #options: ApiServerOptions;
  readonly #routes: Routes;
  readonly #texts = openTexts("en");
  readonly #limits: typeof usualLimits;
  readonly #sockets = new Map<Socket, Tally>();
  readonly #served: ServedConnections;
  #servers: Server[] = [];
  /** Where it was told to listen. */
  #hosts: readonly string[] = [];
  /** The requests of web pages that are being answered, with their origins. */
  readonly #ofPages = new Map<IncomingMessage, string>();

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    this.#routes = new Routes(options.workbench, options.log, (error) => failureOf(error, this.#texts));
    this.#served = new ServedConnections((connection) => options.workbench.recordConnection(connection));
  }

  /** Number of open connections. */
  get connections(): number {
    return this.#sockets.size;
  }

  /**
   * Begins to listen at each of these addresses, with the same port; 0 stands for any free one. Resolves with the port.
   * Rejects with `api-server-not-started`, and then listens nowhere. `optional`: addresses that this computer may lack.
   */
  async listen(hosts: readonly string[], port: number, optional: readonly string[] = []): Promise<number> {
    let chosen = port;
    this.#hosts = hosts;
    try {
      for (const host of hosts) {
        const server = this.#createServer();
        try {
          chosen = await listenAt(server, host, chosen);
          this.#servers.push(server);
        } catch (error) {
          if (!optional.includes(host) || !isMissingAddress(error)) throw notStarted(error, host, chosen);
        }
      }
      return chosen;
    } catch (error) {
      await this.#closeServers();
      throw error;
    }
  }

  /** Ends all connections, and what is being answered. It still listens. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  /** Ends the connections with other computers. */
  cutNetwork(): void {
    for (const socket of this.#sockets.keys()) if (!isFromHere(socket)) socket.destroy();
  }

  /** Ends what is being answered to web pages that are no longer allowed. */
  cutPages(): void {
    const { origins } = this.#options.rules();
    for (const [{ socket }, origin] of this.#ofPages) if (!origins.includes(origin)) socket.destroy();
  }

  /** Resolves once the port is closed and all connections have ended. */
  async close(): Promise<void> {
    await this.#closeServers();
    this.#served.close();
  }

  async #closeServers(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    this.#servers = [];
    this.cut();
    await Promise.all(closed);
  }

  #createServer(): Server {
    const { requestMs, idleMs, checkEveryMs } = this.#limits;
    const server = createServer({
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkEveryMs,
      // The guard answers it, with the right status.
      requireHostHeader: false,
    });
    const handle = (request: IncomingMessage, response: ServerResponse): void => void this.#handle(request, response);
    server.on("connection", (socket) => this.#admit(socket));
    server.on("request", handle);
    // Whoever asks first, whether to send a body, is told no before it is sent.
    server.on("checkContinue", handle);
    // Other expectations are not met, but the guard comes first.
    server.on("checkExpectation", handle);
    return server;
  }

  #admit(socket: Socket): void {
    const isKeptOut = this.#options.workbench.isOffline() && !isFromHere(socket);
    if (isKeptOut || this.#sockets.size >= mostConnections) {
      socket.destroy();
      return;
    }
    // Each request that was sent ahead listens to it.
    socket.setMaxListeners(0);
    this.#sockets.set(socket, this.#served.add(socket));
    this.#options.onConnections?.();
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#options.onConnections?.();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, method = "", rawHeaders } = request;
    const { idleMs } = this.#limits;
    const tally = this.#sockets.get(socket);
    tally?.requested();
    response.once("close", () => {
      tally?.answered(response.statusCode);
      tally?.ended();
      this.#ofPages.delete(request);
    });
    // A client that does not read the end of its answer does not keep the connection.
    response.once("prefinish", () => {
      if (response.writableLength > 0) socket.setTimeout(idleMs);
    });
    response.shouldKeepAlive &&= this.#sockets.size < mostKeptOpen;
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("cache-control", "no-store");
    const sender = senderOf(request);
    try {
      const { origin } = guard(
        { method, rawHeaders, port: socket.localPort ?? 0 },
        { ...this.#options.rules(), hosts: namesFor(this.#hosts) },
      );
      if (origin !== null) {
        letRead(response, origin);
        this.#ofPages.set(request, origin);
      }
      if (method === "OPTIONS" && origin !== null) return answerPreflight(request, response);
      const { expect } = request.headers;
      if (expect !== undefined && expect.toLowerCase() !== "100-continue") throw notExpected();
      if (expect !== undefined) response.writeContinue();
      await this.#routes.answer(request, response, sender);
    } catch (error) {
      const failure = failureOf(error, this.#texts);
      const { status } = failure;
      if (status === 401 || status === 403 || status === 421) {
        const origin = request.headers.origin?.slice(0, 300) ?? null;
        this.#options.log.refused({ at: Date.now(), status, origin, ...sender });
      }
      if (response.headersSent || response.destroyed) return;
      response.writeHead(status, { ...failure.headers, "content-type": "application/json" });
      response.end(method === "HEAD" ? undefined : JSON.stringify(failure.body));
    }
  }
}

function senderOf({ headers, socket }: IncomingMessage): Sender {
  const program = (headers["user-agent"] ?? "").replaceAll(/[^\x20-\x7E]/g, "").slice(0, 80);
  return { program, from: socket.remoteAddress ?? "" };
}

const notExpected = (): ApiFailure =>
  new ApiFailure(417, { code: "expectation_failed", message: "Expect may only be 100-continue." });

/** Lets a web page that the user allowed read the answer. */
function letRead(response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "retry-after, x-should-retry");
  response.setHeader("vary", "origin");
}

function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-methods", "GET, POST");
  const asked = headers["access-control-request-headers"] ?? "authorization, content-type";
  if (/^[\w\-, ]{1,1000}$/.test(asked)) response.setHeader("access-control-allow-headers", asked);
  if (headers["access-control-request-private-network"] === "true") {
    response.setHeader("access-control-allow-private-network", "true");
  }
  response.writeHead(204).end();
}

/**
 * Returns the names under which a server that listens at `hosts` may be called, without a port. Names that another
 * computer in the network can claim, such as NAME.local, are none of them.
 */
export function namesFor(hosts: readonly string[]): Set<string> {
  const named = hosts.filter((host) => !anyAddress.has(host));
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const inNetwork = hosts.every(isLoopbackAddress) ? [] : [...addresses.map(({ address }) => address), hostname()];
  const names = ["localhost", "127.0.0.1", "::1", ...named, ...inNetwork];
  return new Set(names.map((name) => hostInAddress(name.toLowerCase())));
}

const isFromHere = ({ remoteAddress = "" }: Socket): boolean => isLoopbackAddress(remoteAddress);

function listenAt(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      // An error of a single connection must not end the process.
      server.on("error", () => undefined);
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

const isMissingAddress = (error: unknown): boolean => ["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(systemCode(error));

function notStarted(error: unknown, host: string, port: number): WorkbenchError {
  const code = systemCode(error);
  if (code === "EADDRINUSE") return new WorkbenchError("api-server-not-started", { case: "portInUse", port });
  if (code === "EACCES") return new WorkbenchError("api-server-not-started", { case: "portNotAllowed", port });
  if (isMissingAddress(error) || code === "ENOTFOUND") {
    return new WorkbenchError("api-server-not-started", { case: "noAddress", host });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkbenchError("api-server-not-started", { case: "otherReason", reason });
}
