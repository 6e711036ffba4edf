import { HubFailure } from "./HubFailure.ts";

const longestWaitMs = 10 * 60_000;

/** What an answer that is no success means. `sentToken`: the request carried one. */
export function problemOfStatus(
  status: number,
  header: (name: string) => string | undefined,
  sentToken: boolean,
): HubFailure {
  const said = header("x-error-code") ?? "";
  const detail = [`HTTP ${status}`, said, header("x-error-message")?.slice(0, 300)].filter(Boolean).join(" ");
  if (said === "GatedRepo" || /gated/i.test(said)) return new HubFailure("hub-gated", undefined, { detail });
  if (said === "RepoNotFound" || said === "EntryNotFound" || said === "RevisionNotFound" || status === 404) {
    const what = said === "EntryNotFound" ? "file" : said === "RevisionNotFound" ? "revision" : "repository or file";
    // The hub answers a private repository exactly as one that does not exist.
    const hidden = status === 401 || said === "RepoNotFound" ? " It may be private, or its name may be wrong." : "";
    return new HubFailure("hub-not-found", `The hub has no such ${what}.${hidden}`, { detail });
  }
  if (status === 401 || status === 403) {
    if (sentToken) return new HubFailure("hub-token-refused", undefined, { detail });
    return status === 401
      ? new HubFailure("hub-not-found", "The hub has no such repository, or it needs a token.", { detail })
      : new HubFailure("hub-refused", undefined, { detail });
  }
  if (status === 407) return new HubFailure("proxy-failed", "The proxy asks for a sign-in.", { detail });
  if (status === 429 || status === 408 || status === 425 || status >= 500) {
    const retryAfterMs = retryAfter(header("retry-after"));
    const message = status === 429 ? undefined : `The hub has a problem of its own (HTTP ${status}).`;
    return new HubFailure("hub-busy", message, { transient: true, retryAfterMs, detail });
  }
  return new HubFailure("hub-refused", `The hub refused the request (HTTP ${status}).`, { detail });
}

/** `Retry-After` in seconds or as a date; null when absent or meaningless, never more than ten minutes. */
export function retryAfter(value: string | undefined, now = Date.now()): number | null {
  if (value === undefined) return null;
  const waitMs = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(waitMs) && waitMs >= 0 ? Math.min(waitMs, longestWaitMs) : null;
}

const certificateTexts: Record<string, string> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet; is the clock right?",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody known",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by nobody known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by nobody known",
};
/** OpenSSL's names of what can be wrong with a certificate, as Node passes them on. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)$/;
const networkTexts: Record<string, string> = {
  ENOTFOUND: "its name is not known here",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ENETUNREACH: "there is no network",
  EHOSTUNREACH: "there is no way to it",
  ENETDOWN: "the network is down",
  ETIMEDOUT: "it did not answer in time",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer in time",
  UND_ERR_HEADERS_TIMEOUT: "it did not answer in time",
  UND_ERR_BODY_TIMEOUT: "it stopped sending",
};
/** How undici says what a proxy answered to CONNECT. */
const proxyRefusal = /^Proxy response \((\d+)\) !== 200 when HTTP Tunneling/;

/** What a request that got no answer, or half of one, means. Abortion is passed through as it is. */
export function problemOfError(error: unknown, host: string): Error {
  if (error instanceof HubFailure) return error;
  if (!(error instanceof Error)) return new HubFailure("hub-unreachable", undefined, { detail: String(error) });
  const refusal = proxyRefusal.exec(error.message);
  // Under the name of an abortion, though nobody aborted.
  if (refusal !== null) {
    const message = refusal[1] === "407" ? "The proxy asks for a sign-in." : undefined;
    return new HubFailure("proxy-failed", message, { detail: error.message, transient: Number(refusal[1]) >= 500 });
  }
  if (error.name === "AbortError") return error;
  const cause = error.cause instanceof Error ? error.cause : error;
  if (cause instanceof HubFailure) return cause;
  const code = "code" in cause ? String(cause.code) : "code" in error ? String(error.code) : "";
  const detail = `${code} ${cause.message}`.trim();
  // First, since its text quotes names of hosts.
  if (certificateCode.test(code)) {
    const why = certificateTexts[code] ?? "its certificate cannot be trusted";
    return new HubFailure("hub-not-trusted", `The connection to ${host} is not safe: ${why}.`, { detail });
  }
  if (/proxy/i.test(error.message)) return new HubFailure("proxy-failed", undefined, { detail, transient: true });
  if (/TLS|SSL/i.test(code)) {
    const why = "no encrypted connection could be made";
    return new HubFailure("hub-unreachable", `${host} could not be reached: ${why}.`, { detail });
  }
  if (code.startsWith("HPE_") || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return new HubFailure("hub-answer-invalid", undefined, { detail, transient: true });
  }
  const why = networkTexts[code];
  const message = why === undefined ? undefined : `${host} could not be reached: ${why}.`;
  return new HubFailure("hub-unreachable", message, { detail, transient: true });
}
