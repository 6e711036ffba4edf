import type { Dispatcher } from "undici";
import { type Answer, type AnswerBody, ask } from "./AnswerBody.ts";
import type { DirectRequest } from "./DirectConnection.ts";
import { DirectConnections } from "./DirectConnections.ts";
import { HubFailure } from "./HubFailure.ts";
import { type ConnectOptions, connectOptions, connectTimeoutMs, headTimeoutMs } from "./connectOptions.ts";
import { problemOfError, problemOfStatus } from "./hubProblem.ts";
import { isPrivateAddress } from "./privateAddress.ts";
import { proxyAddress, type ResolveProxy } from "./proxyAddress.ts";
import { Agent, ProxyAgent } from "./undiciParts.mjs";

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
  /** Megabytes may come: received with as little work as possible. */
  isLarge?: boolean;
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
  /** To be read to its end or destroyed. Decoded by nobody. */
  body: AnswerBody;
}

const maxRedirects = 5;

/**
 * Requests to the hub and to where it redirects. Secure by shape: the token goes to the endpoint's origin only; a
 * redirect may not leave https, nor reach this machine or its network; plain http is for the configured host alone.
 */
export class HubTransport {
  readonly #options: HubTransportOptions;
  readonly #endpoint: URL;
  readonly #connect: ConnectOptions;
  readonly #connections: DirectConnections;
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(options: HubTransportOptions) {
    this.#options = options;
    this.#endpoint = new URL(options.endpoint);
    this.#connect = connectOptions(this.#endpoint.hostname);
    this.#connections = new DirectConnections(this.#connect);
  }

  get endpoint(): string {
    return this.#options.endpoint;
  }

  /**
   * Follows redirects and answers the first other answer, whatever its status. Fails with a HubFailure, or with the
   * signal's AbortError.
   */
  async open({ url: start, headers = {}, isLarge = false, signal }: HubRequest): Promise<HubAnswer> {
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
      const answer = await this.#ask({ url, headers: own, signal }, isLarge);
      const header = headerReader(answer.headers);
      hops.push({ url: url.href, header });
      if (answer.status < 300 || answer.status > 399 || answer.status === 304) {
        return { status: answer.status, header, url: url.href, hops, body: answer.body };
      }
      answer.body.destroy();
      const location = header("location");
      if (location === undefined || !URL.canParse(location, url.href)) {
        throw new HubFailure("hub-answer-invalid", "The hub sent a redirect that leads nowhere.");
      }
      seen.add(url.href);
      url = new URL(location, url);
      if (hops.length > maxRedirects || seen.has(url.href)) {
        throw new HubFailure("hub-redirect-refused", "The hub redirected too often.");
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
    this.#connections.close();
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  async #ask({ url, headers, signal }: DirectRequest, isLarge: boolean): Promise<Answer> {
    try {
      const proxy = await proxyAddress(url, this.#options.resolveProxy);
      const answer = isLarge && proxy === null ? await this.#connections.ask({ url, headers, signal }) : null;
      if (answer !== null) return answer;
      const path = `${url.pathname}${url.search}`;
      const times = { headersTimeout: headTimeoutMs, bodyTimeout: 0 };
      const request = { origin: url.origin, path, method: "GET" as const, headers, ...times };
      return await ask(this.#dispatcherFor(proxy), request, signal);
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

  #dispatcherFor(proxy: string | null): Dispatcher {
    const key = proxy ?? "";
    const known = this.#dispatchers.get(key);
    if (known !== undefined) return known;
    const dispatcher = proxy === null ? new Agent({ pipelining: 1, connect: this.#connect }) : proxied(proxy);
    this.#dispatchers.set(key, dispatcher);
    return dispatcher;
  }
}

function proxied(proxy: string): Dispatcher {
  if (!/^https?:\/\//.test(proxy) || !URL.canParse(proxy)) {
    const kind = proxy.split(":", 1)[0] ?? "";
    throw new HubFailure(
      "proxy-failed",
      `A proxy of the kind "${kind}" is not supported; only http and https ones are.`,
    );
  }
  // Plain http goes through the proxy as a plain request; https is tunnelled.
  return new ProxyAgent({ uri: proxy, proxyTunnel: false, connectTimeout: connectTimeoutMs });
}

function headerReader(headers: Answer["headers"]): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}
