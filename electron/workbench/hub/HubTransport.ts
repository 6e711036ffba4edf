import type { Dispatcher } from "undici";
import { HubFailure } from "./HubFailure.ts";
import { type ConnectOptions, connectOptions, connectTimeoutMs, headTimeoutMs } from "./connectOptions.ts";
import { problemOfError, problemOfStatus } from "./hubProblem.ts";
import { isPrivateAddress } from "./privateAddress.ts";
import { proxyAddress, type ResolveProxy } from "./proxyAddress.ts";

export interface HubTransportOptions {
  /** The address returned by `hubEndpoint`. */
  endpoint: string;
  /** Sent only to the endpoint's own origin. */
  token: string | null;
  /** Resolves with the operating system's proxies. Proxies from the environment come first. */
  resolveProxy?: ResolveProxy | undefined;
}

export interface HubRequest {
  url: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export interface HubAnswer {
  status: number;
  /** Returns a header by its lower-case name. */
  header: (name: string) => string | undefined;
  /** The URL of the response, after redirects. */
  url: string;
  /** The headers of each response, including the last: the hub identifies the file in its redirect. */
  hops: { url: string; header: (name: string) => string | undefined }[];
  /** Must be read to its end or destroyed. Not decoded. Rejects with undici's error or the signal's reason. */
  body: AsyncIterable<Buffer> & { destroy(error?: Error): void };
}

const maxRedirects = 5;
/** The maximum number of open connections to one server. */
export const mostConnections = 4;

/**
 * Makes requests to the hub and follows its redirects. The token goes only to the endpoint's origin. A redirect may not
 * leave https, nor reach this machine or its network. Plain http is allowed only for the configured host.
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
   * Follows redirects and resolves with the first other response, whatever its status. Rejects with a `HubFailure` or
   * with the signal's AbortError.
   */
  async open({ url: start, headers = {}, signal }: HubRequest): Promise<HubAnswer> {
    let url = new URL(start);
    const hops: HubAnswer["hops"] = [];
    const seen = new Set<string>();
    let wasElsewhere = false;
    for (;;) {
      this.#refuseUntrusted(url);
      wasElsewhere ||= url.origin !== this.#endpoint.origin;
      // A request that was redirected back from another origin must not get the token.
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

  /** Like `open`, but the response must be successful. Rejects with the code for its status otherwise. */
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
        // The reader of a body monitors its pace.
        bodyTimeout: 0,
        // With the default of 64 KiB, each chunk from the socket would pause it.
        highWaterMark: 1024 * 1024,
      });
      // Without a listener, an error before anything reads the body would end the process. A later reader still gets
      // it.
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
    // Loaded with the first request, because that takes time and most processes never contact a hub.
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
