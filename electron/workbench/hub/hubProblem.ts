import { type FactsOf, WorkbenchError } from "../../contract/errors.ts";
import { isCertificateCode } from "../network/isCertificateCode.ts";
import { HubFailure } from "./HubFailure.ts";

const longestWaitMs = 10 * 60_000;

/** Returns the failure for an unsuccessful response. `sentToken` means that the request included a token. */
export function problemOfStatus(
  status: number,
  header: (name: string) => string | undefined,
  sentToken: boolean,
): HubFailure {
  const said = header("x-error-code") ?? "";
  const detail = [`HTTP ${status}`, said, header("x-error-message")?.slice(0, 300)].filter(Boolean).join(" ");
  if (said === "GatedRepo" || /gated/i.test(said)) return new HubFailure("hub-gated", undefined, { detail });
  if (said === "RepoNotFound" || said === "EntryNotFound" || said === "RevisionNotFound" || status === 404) {
    return new HubFailure("hub-not-found", notFound(said, status), { detail });
  }
  if (status === 401 || status === 403) {
    if (sentToken) return new HubFailure("hub-token-refused", undefined, { detail });
    return status === 401
      ? new HubFailure("hub-not-found", { case: "hidden" }, { detail })
      : new HubFailure("hub-refused", undefined, { detail });
  }
  if (status === 407) return new HubFailure("proxy-failed", { case: "signIn" }, { detail });
  if (status === 429 || status === 408 || status === 425 || status >= 500) {
    const retryAfterMs = retryAfter(header("retry-after"));
    const facts = status === 429 ? undefined : ({ case: "status", status } as const);
    return new HubFailure("hub-busy", facts, { transient: true, retryAfterMs, detail });
  }
  return new HubFailure("hub-refused", { case: "status", status }, { detail });
}

function notFound(said: string, status: number): FactsOf<"hub-not-found"> | undefined {
  if (said === "EntryNotFound") return { case: "file" };
  if (said === "RevisionNotFound") return { case: "revision" };
  // The hub's response is the same for a private repository as for one that does not exist.
  return status === 401 || said === "RepoNotFound" ? { case: "hidden" } : undefined;
}

/**
 * Parses `Retry-After`, in seconds or as a date. Returns milliseconds, at most ten minutes, or null if absent or
 * invalid.
 */
export function retryAfter(value: string | undefined, now = Date.now()): number | null {
  if (value === undefined) return null;
  const waitMs = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(waitMs) && waitMs >= 0 ? Math.min(waitMs, longestWaitMs) : null;
}

const certificateCases: Record<string, FactsOf<"hub-not-trusted">["case"]> = {
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "notYetValid",
  ERR_TLS_CERT_ALTNAME_INVALID: "otherHost",
  DEPTH_ZERO_SELF_SIGNED_CERT: "unknownSigner",
  SELF_SIGNED_CERT_IN_CHAIN: "unknownSigner",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknownSigner",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknownSigner",
};
const networkCases: Record<string, FactsOf<"hub-unreachable">["case"]> = {
  ENOTFOUND: "unknownHost",
  EAI_AGAIN: "lookupFailed",
  ECONNREFUSED: "refused",
  ECONNRESET: "cut",
  EPIPE: "cut",
  UND_ERR_SOCKET: "cut",
  ENETUNREACH: "offline",
  ENETDOWN: "offline",
  EHOSTUNREACH: "noRoute",
  ETIMEDOUT: "late",
  UND_ERR_CONNECT_TIMEOUT: "late",
  UND_ERR_HEADERS_TIMEOUT: "late",
  UND_ERR_BODY_TIMEOUT: "stalled",
};
/** undici's message about a proxy's response to CONNECT. */
const proxyRefusal = /^Proxy response \((\d+)\) !== 200 when HTTP Tunneling/;

/** Returns the failure for a request without a complete response. Abort errors and coded ones are returned unchanged. */
export function problemOfError(error: unknown, host: string): Error {
  if (error instanceof WorkbenchError) return error;
  if (!(error instanceof Error)) return new HubFailure("hub-unreachable", undefined, { detail: String(error) });
  const refusal = proxyRefusal.exec(error.message);
  // undici reports this as an abort error although nothing was aborted.
  if (refusal !== null) {
    const facts = refusal[1] === "407" ? ({ case: "signIn" } as const) : undefined;
    return new HubFailure("proxy-failed", facts, { detail: error.message, transient: Number(refusal[1]) >= 500 });
  }
  if (error.name === "AbortError") return error;
  const cause = error.cause instanceof Error ? error.cause : error;
  if (cause instanceof WorkbenchError) return cause;
  const code = "code" in cause ? String(cause.code) : "code" in error ? String(error.code) : "";
  const detail = `${code} ${cause.message}`.trim();
  // First, because its message quotes host names.
  if (isCertificateCode(code)) {
    return new HubFailure("hub-not-trusted", { case: certificateCases[code] ?? "certificate", host }, { detail });
  }
  if (/proxy/i.test(error.message)) return new HubFailure("proxy-failed", undefined, { detail, transient: true });
  if (/TLS|SSL/i.test(code)) {
    return new HubFailure("hub-unreachable", { case: "noEncryption", host }, { detail });
  }
  if (code.startsWith("HPE_") || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return new HubFailure("hub-answer-invalid", undefined, { detail, transient: true });
  }
  const how = networkCases[code];
  return new HubFailure("hub-unreachable", how && { case: how, host }, { detail, transient: true });
}
