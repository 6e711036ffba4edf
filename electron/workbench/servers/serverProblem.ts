import { z } from "zod";
import { type ErrorCode, type FactsOf, WorkbenchError } from "../../contract/errors.ts";
import { problemOfError, retryAfter } from "../hub/hubProblem.ts";
import { errorIn } from "./readReply.ts";

type ServerCode = Extract<ErrorCode, `server-${string}` | "context-exceeded" | "proxy-failed">;

/** A failed request to a server, with what decides whether and when it is made again. */
export class ServerFailure<Code extends ServerCode = ServerCode> extends WorkbenchError<Code> {
  /** Whether the same request may succeed in a moment. */
  readonly isTransient: boolean;
  /** The wait that the server asked for, in ms. Null if it asked for none. */
  readonly retryAfterMs: number | null;

  constructor(
    code: Code,
    facts: FactsOf<Code>,
    { isTransient = false, retryAfterMs = null, detail }: Circumstances = {},
  ) {
    // The type is checked above. The compiler cannot handle the number of codes here.
    super(code, facts as never, detail);
    this.isTransient = isTransient;
    this.retryAfterMs = retryAfterMs;
  }
}

interface Circumstances {
  isTransient?: boolean;
  retryAfterMs?: number | null;
  /** For bug reports. */
  detail?: string | undefined;
}

/** Who was asked what, for the sentences. */
export interface Asked {
  /** The server's name. */
  server: string;
  host: string;
  /** Null if the request was not about a model. */
  model: string | null;
  /** Must not be repeated to anybody, whatever the server says. Null if none was sent. */
  key: string | null;
}

/** Returns a text of a server without the key, which some repeat, and which the name of a host has in lower case. */
export function withoutKey(text: string, key: string | null): string {
  if (key === null) return text;
  return text.replaceAll(new RegExp(key.replaceAll(/\W/g, String.raw`\$&`), "gi"), "…");
}

/** The facts that are a server's words. The others are the app's own, also where they happen to contain the key. */
const saidFacts = ["said", "host"];

/** Returns a failure without the key, wherever the server has repeated it. Other errors are returned unchanged. */
export function failureWithoutKey(error: unknown, key: string | null): unknown {
  if (!(error instanceof ServerFailure)) return error;
  const { code, detail, isTransient, retryAfterMs } = error;
  const facts = Object.entries(error.facts ?? {}).map(([name, value]) => [
    name,
    saidFacts.includes(name) && typeof value === "string" ? withoutKey(value, key) : value,
  ]);
  return new ServerFailure(code, (error.facts && Object.fromEntries(facts)) as never, {
    isTransient,
    retryAfterMs,
    detail: detail && withoutKey(detail, key),
  });
}

const mostSaid = 500;

const number = z.number().finite().nullish().catch(null);
const saidSchema = z.object({
  message: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  n_prompt_tokens: number,
  n_ctx: number,
});

/** What a server says about a failure, in any of the usual forms. */
interface Said {
  text: string;
  type: string;
  status: number | null;
  promptTokens: number | null;
  contextSize: number | null;
}

/** Returns the failure of an answer with this status. `body` is its JSON, or its text. */
export function problemOfStatus(
  status: number,
  body: unknown,
  header: (name: string) => string | undefined,
  asked: Asked,
): ServerFailure {
  return problemOfSaid(status, readSaid(errorIn(body) ?? body, asked), retryAfter(header("retry-after")), asked);
}

/** Returns the failure of an error that a server sent within an answer of status 200. */
export function problemOfEvent(error: unknown, asked: Asked): ServerFailure {
  const said = readSaid(error, asked);
  return problemOfSaid(said.status ?? 200, said, null, asked);
}

/** Returns the failure of a connection. Abort errors and coded ones are returned unchanged. */
export function problemOfConnection(error: unknown, { server, host }: Asked): Error {
  const known = problemOfError(error, host);
  if (!(known instanceof WorkbenchError)) return known;
  const { facts, detail } = known;
  if (known.code === "hub-unreachable") {
    return new ServerFailure("server-unreachable", facts as FactsOf<"server-unreachable">, { detail });
  }
  if (known.code === "hub-not-trusted") {
    return new ServerFailure("server-not-trusted", facts as FactsOf<"server-not-trusted">, { detail });
  }
  if (known.code.startsWith("hub-")) {
    return new ServerFailure("server-answer-invalid", { server, case: "notUnderstood" }, { detail });
  }
  return known;
}

function problemOfSaid(status: number, said: Said, retryAfterMs: number | null, asked: Asked): ServerFailure {
  const { server } = asked;
  const detail = [`HTTP ${status}`, said.type, said.text].filter(Boolean).join(" ");
  if (isTooLong(said)) {
    const { promptTokens, contextSize } = said;
    const facts = promptTokens !== null &&
      contextSize !== null && { case: "prompt" as const, promptTokens, contextSize };
    return new ServerFailure("context-exceeded", (facts || undefined) as FactsOf<"context-exceeded">, { detail });
  }
  if (status === 401 || status === 403) {
    const how = asked.key === null ? "withoutKey" : "withKey";
    return new ServerFailure("server-key-refused", { server, case: how }, { detail: `HTTP ${status}` });
  }
  if (status === 402) return new ServerFailure("server-unpaid", { server }, { detail });
  if (status === 404 && asked.model !== null && /model/i.test(said.text)) {
    return new ServerFailure("server-model-missing", { server, case: "named", model: asked.model }, { detail });
  }
  if (status === 429 || status === 503) {
    const when = { isTransient: true, retryAfterMs, detail };
    if (/loading/i.test(said.text)) return new ServerFailure("server-loading", { server }, when);
    return new ServerFailure("server-busy", { server, case: "status", status }, when);
  }
  if (status < 300 || status >= 500) {
    if (said.text === "") return new ServerFailure("server-refused", { server, case: "status", status }, { detail });
    return new ServerFailure("server-failed", { server, case: "said", said: said.text }, { detail });
  }
  const facts: FactsOf<"server-refused"> =
    said.text === "" ? { server, case: "status", status } : { server, case: "said", status, said: said.text };
  return new ServerFailure("server-refused", facts, { detail });
}

function readSaid(value: unknown, asked: Asked): Said {
  const nothing = { type: "", status: null, promptTokens: null, contextSize: null };
  if (typeof value === "string") return { ...nothing, text: shown(value, asked) };
  const detail = typeof value === "object" && value !== null && "detail" in value ? value.detail : null;
  const parsed = saidSchema.safeParse(value);
  if (!parsed.success) return { ...nothing, text: "" };
  const { message, type, code, n_prompt_tokens: promptTokens, n_ctx: contextSize } = parsed.data;
  const status = Number(code);
  return {
    text: shown(message ?? (typeof detail === "string" ? detail : ""), asked),
    type: [type, typeof code === "string" ? code : ""].filter(Boolean).join(" ").slice(0, 100),
    status: Number.isInteger(status) && status >= 400 && status <= 599 ? status : null,
    promptTokens: promptTokens ?? null,
    contextSize: contextSize ?? null,
  };
}

/** Returns a server's words on one line, without the key, which some repeat. */
function shown(text: string, { key }: Asked): string {
  // A page of HTML says nothing to a person.
  if (/^\s*<(!doctype|html)/i.test(text)) return "";
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, " ").trim();
  return withoutKey(line, key).slice(0, mostSaid);
}

const tooLong =
  /exceed_context_size|context_length_exceeded|(maximum|max|available) context|context (length|size|window)/i;

const isTooLong = ({ text, type }: Said): boolean => tooLong.test(`${type} ${text}`);
