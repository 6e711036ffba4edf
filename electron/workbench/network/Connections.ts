import type { buildConnector, Dispatcher } from "undici";
import { WorkbenchError } from "../../contract/errors.ts";
import type { ConnectionReason } from "../../contract/network.ts";
import { type ConnectOptions, connectOptions, connectTimeoutMs, headTimeoutMs } from "./connectOptions.ts";
import { expectOnline } from "./expectOnline.ts";
import { isNearby } from "./isNearby.ts";
import { isThisMachine } from "./isThisMachine.ts";
import type { NetworkAccess } from "./NetworkAccess.ts";
import { proxyAddress, type ResolveProxy } from "./proxyAddress.ts";
import { Tally } from "./Tally.ts";

export interface ConnectionsOptions {
  network: NetworkAccess;
  /** Why the task connects, for the record. */
  reason: ConnectionReason;
  /** The only host whose name may lead into the local network. */
  trustedHost: string;
  /**
   * Whether that host may be asked while Offline is on, if it is this machine: nothing leaves it then, not even through a
   * proxy.
   */
  mayStayHere?: boolean;
  /** Whether plain http to the local network goes to no proxy, which could read it. Left out: proxies are asked. */
  keepsNear?: boolean;
  /** The only certificate, or authority, that the hosts are trusted with. Null or left out: those of the system. */
  certificate?: string | null;
  /** Resolves with the operating system's proxies. Proxies from the environment come first. */
  resolveProxy?: ResolveProxy | undefined;
}

export interface OutgoingRequest {
  url: URL;
  headers: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** What is sent, with POST. Left out: nothing, with GET. */
  body?: string | undefined;
  /** How long the head of the response may take. Left out: `headTimeoutMs`. */
  headTimeoutMs?: number;
}

/** A response's head, with a body that must be read to its end or destroyed. */
export type Answer = Dispatcher.ResponseData;

/** The connections to one server. */
interface Server {
  dispatcher: Dispatcher;
  tally: Tally;
}

/** The maximum number of open connections to one server. */
export const mostConnections = 4;
const recordEveryMs = 10_000;

/**
 * The connections of one task. Everything that the app fetches passes here, which is why nothing connects while
 * Offline is on, and every connection is recorded.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #connect: ConnectOptions;
  readonly #servers = new Map<string, Server>();
  readonly #recording: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  /** Whether all that is connected to is this machine, so that nothing leaves it. */
  readonly #staysHere: boolean;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#staysHere = options.mayStayHere === true && isThisMachine(options.trustedHost);
    this.#connect = connectOptions(options.trustedHost, options.certificate);
    this.#recording = setInterval(() => {
      for (const { tally } of this.#servers.values()) options.network.record(tally.describe(false));
    }, recordEveryMs).unref();
    this.#unsubscribe = options.network.onOffline(() => {
      if (!this.#staysHere) void this.#end(new WorkbenchError("offline", { case: "cut" }));
    });
  }

  /** Resolves with the response's head. Rejects with `offline`, `proxy-failed` or undici's error. */
  async request({ url, headers, signal, body, ...request }: OutgoingRequest): Promise<Answer> {
    this.#expectAllowed(url);
    const proxy = this.#goesDirectly(url) ? null : await proxyAddress(url, this.#options.resolveProxy);
    const { dispatcher, tally } = await this.#serverOf(url, proxy);
    // It may have been turned on meanwhile.
    this.#expectAllowed(url);
    tally.requested();
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: body === undefined ? "GET" : "POST",
        headers,
        body: body ?? null,
        signal: signal ?? null,
        headersTimeout: request.headTimeoutMs ?? headTimeoutMs,
        // The reader of a body monitors its pace.
        bodyTimeout: 0,
        // With the default of 64 KiB, each chunk from the socket would pause it.
        highWaterMark: 1024 * 1024,
      });
      tally.answered(answer.statusCode);
      // Without a listener, an error before anything reads the body would end the process. A later reader still gets
      // it.
      answer.body.on("error", (error) => tally.failed(error)).once("close", () => tally.ended());
      return answer;
    } catch (error) {
      tally.failed(error);
      tally.ended();
      throw error;
    }
  }

  #goesDirectly({ protocol, hostname }: URL): boolean {
    return this.#staysHere || (this.#options.keepsNear === true && protocol === "http:" && isNearby(hostname));
  }

  /** Throws `offline`. */
  #expectAllowed(url: URL): void {
    if (!this.#staysHere || !isThisMachine(url.hostname)) expectOnline(this.#options.network.state());
  }

  async close(): Promise<void> {
    clearInterval(this.#recording);
    this.#unsubscribe();
    await this.#end(null);
  }

  async #end(error: Error | null): Promise<void> {
    const servers = [...this.#servers.values()];
    this.#servers.clear();
    if (error !== null) for (const { tally } of servers) tally.stop();
    await Promise.all(servers.map(({ dispatcher }) => dispatcher.destroy(error)));
    for (const { tally } of servers) this.#options.network.record(tally.describe(true));
  }

  /** Each server has connections of its own, also those through a proxy, so that they are counted apart. */
  async #serverOf(url: URL, proxy: string | null): Promise<Server> {
    if (proxy !== null) refuseUnsupported(proxy);
    // Loaded with the first request, because that takes time and most processes never connect.
    const undici = await import("undici");
    const key = `${url.origin} ${proxy ?? ""}`;
    const known = this.#servers.get(key);
    if (known !== undefined) return known;
    const tally = new Tally(url.host, proxy, this.#options.reason);
    const dispatcher = openDispatcher(undici, tally, this.#connect, proxy);
    this.#servers.set(key, { dispatcher, tally });
    this.#options.network.record(tally.describe(false));
    return { dispatcher, tally };
  }
}

function openDispatcher(
  { Agent, buildConnector, Pool, ProxyAgent }: typeof import("undici"),
  tally: Tally,
  connect: ConnectOptions,
  proxy: string | null,
): Dispatcher {
  if (proxy === null) {
    return new Agent({ connections: mostConnections, connect: tally.counting(buildConnector(connect)) });
  }
  const isProxy = (origin: string | URL): boolean => new URL(origin).origin === new URL(proxy).origin;
  const counted = (origin: string | URL, options: object): Dispatcher => {
    const { connect: connector } = options as { connect: buildConnector.connector };
    // What goes through a tunnel is counted where the tunnel is.
    return new Pool(origin, isProxy(origin) ? { ...options, connect: tally.counting(connector) } : options);
  };
  // Plain http goes through the proxy as a plain request; https is tunnelled.
  return new ProxyAgent({
    uri: proxy,
    proxyTunnel: false,
    proxyTls: { timeout: connectTimeoutMs },
    ...(connect.ca !== undefined && {
      requestTls: { ca: connect.ca, allowPartialTrustChain: connect.allowPartialTrustChain },
    }),
    factory: counted,
    clientFactory: counted,
  });
}

function refuseUnsupported(proxy: string): void {
  if (/^https?:\/\//.test(proxy) && URL.canParse(proxy)) return;
  const kind = proxy.split(":", 1)[0] ?? "";
  throw new WorkbenchError("proxy-failed", { case: "unsupported", kind: kind.slice(0, 40) });
}
