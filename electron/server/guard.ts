import { hasKey } from "./apiKeys.ts";
import { ApiFailure } from "./ApiFailure.ts";
import { onlyHeader, twice } from "./onlyHeader.ts";

/** What is known of a request before its body is read. */
export interface RequestHead {
  method: string;
  /** Names and values by turns. */
  rawHeaders: readonly string[];
  /** The port that it came to. */
  port: number;
}

export interface GuardRules {
  /** This computer's names, without a port, in lower case. */
  hosts: ReadonlySet<string>;
  /** Of web pages whose scripts may connect. */
  origins: readonly string[];
  /** Of the keys that are accepted. */
  keyHashes: readonly string[];
}

export const mostBodyBytes = 4 * 1024 * 1024;

/**
 * Throws an `ApiFailure` unless a request may be answered. Its host comes first, so that a web page whose name leads to
 * this computer (DNS rebinding) learns nothing. Returns the web page that may read the answer, or null.
 */
export function guard({ method, rawHeaders, port }: RequestHead, rules: GuardRules): { origin: string | null } {
  const header = (name: string): string | null | typeof twice => onlyHeader(rawHeaders, name);
  expectHost(header("host"), port, rules.hosts);
  const origin = allowedOrigin(header("origin"), header("sec-fetch-site"), rules.origins);
  // A preflight has no key. Its answer says nothing but that this page may ask.
  if (method === "OPTIONS" && origin !== null) return { origin };
  if (method === "POST") expectJson(header("content-type"), header("content-encoding"), header("content-length"));
  const authorization = header("authorization");
  if (typeof authorization !== "string" || !hasKey(authorization, rules.keyHashes)) {
    const message = "The key is missing or wrong. Send it as: Authorization: Bearer KEY";
    throw new ApiFailure(401, { code: "invalid_api_key", message, headers: { "www-authenticate": "Bearer" } });
  }
  return { origin };
}

function expectHost(host: string | null | typeof twice, port: number, hosts: GuardRules["hosts"]): void {
  const name = typeof host === "string" ? host.toLowerCase() : "";
  const isOurs = name.endsWith(`:${port}`)
    ? hosts.has(name.slice(0, -`:${port}`.length))
    : port === 80 && hosts.has(name);
  if (!isOurs) throw new ApiFailure(421, { code: "wrong_host", message: "This is not the name of this server." });
}

function allowedOrigin(
  origin: string | null | typeof twice,
  fetchSite: string | null | typeof twice,
  allowed: readonly string[],
): string | null {
  const fromPage = fetchSite !== null && fetchSite !== "none" && fetchSite !== "same-origin";
  if (origin === null && !fromPage) return null;
  if (typeof origin === "string" && allowed.includes(origin)) return origin;
  throw new ApiFailure(403, { code: "origin_not_allowed", message: "Web pages may not use this server." });
}

/** Throws an `ApiFailure` unless a body is JSON: a form or plain text is what a web page can send without asking. */
function expectJson(
  type: string | null | typeof twice,
  encoding: string | null | typeof twice,
  length: string | null | typeof twice,
): void {
  const isJson = typeof type === "string" && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type);
  if (!isJson || (encoding !== null && encoding !== "identity")) {
    throw new ApiFailure(415, {
      code: "unsupported_media_type",
      message: "The body must be application/json in UTF-8.",
    });
  }
  if (typeof length === "string" && Number(length) > mostBodyBytes) throw tooLarge();
}

export const tooLarge = (): ApiFailure =>
  new ApiFailure(413, { code: "request_too_large", message: "The body must not be larger than 4 MB." });
