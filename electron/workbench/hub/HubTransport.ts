import type { Dispatcher } from "undici";
import { HubFailure } from "./HubFailure.ts";
import { type ConnectOptions, connectOptions, connectTimeoutMs, headTimeoutMs } from "./connectOptions.ts";
import { problemOfError, problemOfStatus } from "./hubProblem.ts";
import { isPrivateAddress } from "./privateAddress.ts";
import { proxyAddress, type ResolveProxy } from "./proxyAddress.ts";

export interface HubTransportOptions {
  /** From `hubEndpoint`. */
  endpoint: string;
  /** Sent to the endpoint's own origin and to nobody else. */
  token: string | null;
  /** The operating system's proxies; the environment's come first. */
  resolveProxy?: ResolveProxy | undefined;
}

export interface HubRequest {
  url: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export interface HubAnswer {
  status: number;
  /** Lower-case names. */
  header: (name: string) => string | undefined;
  /** Where the answer came from, after redirects. */
  url: string;
  /** The headers of each answer on the way, the last one included: the hub says on its redirect what the file is. */
  hops: { url: string; header: (name: string) => string | undefined }[];
  /** To be read to its end or destroyed. Decoded by nobody. Fails with undici's error, or the signal's reason. */
  body: AsyncIterable<Buffer> & { destroy(error?: Error): void };
}

const maxRedirects = 5;
/** How many connections to one server are open at a time. */
export const mostConnections = 4;

/**
 * Requests to the hub and to where it redirects. Secure by shape: the token goes to the endpoint's origin only; a
 * redirect may not leave https, nor reach this machine or its network; plain http is for the configured host alone.
 */
export class HubTransport {
  readonly #options: HubTransportOptions;
  readonly #endpoint: URL;
  readonly #connect: ConnectOptions;
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(options: HubTransportOptions) {
    this.#options = options;
    this.#endpoint = new URL(options.endpoint);
    this.#connect = connectOptions(this.#endpoint.hostname);
  }

  get endpoint(): string {
    return this.#options.endpoint;
  }

  /**
   * Follows redirects and answers the first other answer, whatever its status. Fails with a HubFailure, or with the
   * signal's AbortError.
   */
  async open({ url: start, headers = {}, signal }: HubRequest): Promise<HubAnswer> {
    let url = new URL(start);
    const hops: HubAnswer["hops"] = [];
    const seen = new Set<string>();
    let wasElsewhere = false;
    for (;;) {
      this.#refuseUntrusted(url);
      wasElsewhere ||= url.origin !== this.#endpoint.origin;
      // Redirected back from elsewhere, a request is not ours any more.
      const token = wasElsewhere ? null : this.#options.token;
      const own = {
        ...headers,
        "user-agent": "r1-workbench",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      };
      const answer = await this.#ask(url, own, signal);
      const header = headerReader(answer.headers);
      hops.push({ url: url.href, header });
      const { statusCode: status, body } = answer;
      if (status < 300 || status > 399 || status === 304) return { status, header, url: url.href, hops, body };
      body.destroy();
      const location = header("location");
      if (location === undefined || !URL.canParse(location, url.href)) {
        throw new HubFailure("hub-answer-invalid", undefined, { detail: "a redirect without a usable address" });
      }
      seen.add(url.href);
      url = new URL(location, url);
      if (hops.length > maxRedirects || seen.has(url.href)) {
        throw new HubFailure("hub-redirect-refused", { case: "tooMany" });
      }
    }
  }

  /** As `open`, for a request that must succeed. Fails with the code that the status stands for. */
  async openGood(request: HubRequest): Promise<HubAnswer> {
    const answer = await this.open(request);
    if (answer.status >= 200 && answer.status < 300) return answer;
    answer.body.destroy();
    const fromEndpoint = new URL(answer.url).origin === this.#endpoint.origin;
    throw problemOfStatus(answer.status, answer.header, fromEndpoint && this.#options.token !== null);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  async #ask(
    url: URL,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData> {
    try {
      const dispatcher = await this.#dispatcherFor(await proxyAddress(url, this.#options.resolveProxy));
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: "GET",
        headers,
        signal: signal ?? null,
        headersTimeout: headTimeoutMs,
        // Whoever reads a body watches its pace.
        bodyTimeout: 0,
        // With the default of 64 KiB, each chunk that the socket hands over would pause it.
        highWaterMark: 1024 * 1024,
      });
      // Without a listener, an error would end the process while nobody reads. A later reader still gets it.
      answer.body.on("error", () => undefined);
      return answer;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw problemOfError(error, url.host);
    }
  }

  #refuseUntrusted(url: URL): void {
    const refuse = (why: string): never => {
      throw new HubFailure("hub-redirect-refused", undefined, { detail: `${url.protocol}//${url.host}: ${why}` });
    };
    const isOwnHost = url.hostname === this.#endpoint.hostname;
    if (url.username !== "" || url.password !== "") refuse("it carries a user name");
    if (url.protocol === "http:") {
      if (!isOwnHost || this.#endpoint.protocol !== "http:") refuse("not encrypted");
    } else if (url.protocol !== "https:") refuse("not a web address");
    if (!isOwnHost && (isPrivateAddress(url.hostname) || /(^|\.)localhost\.?$/i.test(url.hostname))) {
      refuse("an address in the local network");
    }
  }

  async #dispatcherFor(proxy: string | null): Promise<Dispatcher> {
    if (proxy !== null) refuseUnsupported(proxy);
    // Loaded with the first request, because that takes a while and most processes never ask a hub.
    const { Agent, ProxyAgent } = await import("undici");
    const key = proxy ?? "";
    const known = this.#dispatchers.get(key);
    if (known !== undefined) return known;
    const dispatcher =
      proxy === null
        ? new Agent({ connections: mostConnections, connect: this.#connect })
        : // Plain http goes through the proxy as a plain request; https is tunnelled.
          new ProxyAgent({ uri: proxy, proxyTunnel: false, connectTimeout: connectTimeoutMs });
    this.#dispatchers.set(key, dispatcher);
    return dispatcher;
  }
}

function refuseUnsupported(proxy: string): void {
  if (/^https?:\/\//.test(proxy) && URL.canParse(proxy)) return;
  const kind = proxy.split(":", 1)[0] ?? "";
  throw new HubFailure("proxy-failed", { case: "unsupported", kind: kind.slice(0, 40) });
}

function headerReader(headers: Dispatcher.ResponseData["headers"]): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}
