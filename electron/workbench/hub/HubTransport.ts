import { type Answer, Connections, type ConnectionsOptions } from "../network/Connections.ts";
import { isPrivateAddress } from "../network/privateAddress.ts";
import { HubFailure } from "./HubFailure.ts";
import { problemOfError, problemOfStatus } from "./hubProblem.ts";

export interface HubTransportOptions extends Omit<ConnectionsOptions, "trustedHost"> {
  /** The address returned by `hubEndpoint`. */
  endpoint: string;
  /** Sent only to the endpoint's own origin. */
  token: string | null;
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

/**
 * Makes requests to the hub and follows its redirects. The token goes only to the endpoint's origin. A redirect may not
 * leave https, nor reach this machine or its network. Plain http is allowed only for the configured host.
 */
export class HubTransport {
  readonly #options: HubTransportOptions;
  readonly #endpoint: URL;
  readonly #connections: Connections;

  constructor(options: HubTransportOptions) {
    this.#options = options;
    this.#endpoint = new URL(options.endpoint);
    this.#connections = new Connections({ ...options, trustedHost: this.#endpoint.hostname });
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
    await this.#connections.close();
  }

  async #ask(url: URL, headers: Record<string, string>, signal: AbortSignal | undefined): Promise<Answer> {
    try {
      return await this.#connections.request({ url, headers, signal });
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
}

function headerReader(headers: Answer["headers"]): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}
