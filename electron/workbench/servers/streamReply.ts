import { setTimeout as wait } from "node:timers/promises";
import type { ReplyStats } from "../../contract/chats.ts";
import type { GenerateEvent } from "../../contract/engineProtocol.ts";
import type { ServerDialect } from "../../contract/servers.ts";
import { replyRequest, type WireRequest } from "./dialects.ts";
import { OptionalFields } from "./OptionalFields.ts";
import { type ReplyLimits, replyLimits } from "./readLines.ts";
import { ReplyReader } from "./ReplyReader.ts";
import type { ThoughtField } from "./readReply.ts";
import { type ReplyWaits, replyWaits } from "./replyWaits.ts";
import type { ServerClient } from "./ServerClient.ts";
import { ServerFailure, failureWithoutKey } from "./serverProblem.ts";
import { WireMeter, type WireTiming } from "./WireMeter.ts";

export interface StreamReplyOptions {
  client: ServerClient;
  dialect: ServerDialect;
  request: WireRequest;
  /** Whether the text begins within the thought, because the prompt has its beginning. */
  opensThought: boolean;
  signal: AbortSignal;
  /** Aborting ends the thought, on servers that can. */
  skipThought?: AbortSignal | undefined;
  onEvent: (event: GenerateEvent) => void;
  waits?: ReplyWaits;
  limits?: ReplyLimits;
}

/** A reply as it was written, and what it showed about its server. */
export interface StreamedReply {
  outcome: "done" | "stopped";
  /** Null if it was stopped before the first token. */
  stats: ReplyStats | null;
  thoughtField: ThoughtField | "tags" | "none";
  hasUsage: boolean;
  timing: WireTiming;
}

/**
 * Has a server write a reply. What it refuses because it does not know a field is asked again without that field, if the
 * reply can do without it. Before its first token, a request that the server is too busy for is repeated twice;
 * afterwards it never is. Resolves once the server says that the reply is complete, or when it was stopped. Rejects with a
 * coded error, such as `server-cut` for a connection that ended before: what had arrived by then was told.
 */
export async function streamReply(options: StreamReplyOptions): Promise<StreamedReply> {
  const { client, request, signal, waits = replyWaits, limits = replyLimits } = options;
  const meter = new WireMeter();
  const stopped = (): StreamedReply => {
    return { outcome: "stopped", stats: null, thoughtField: "none", hasUsage: false, timing: meter.timing() };
  };
  const { url, body } = replyRequest(client.target.url, options.dialect, request);
  const fields = new OptionalFields(body, request.thinking, client.refused.get(request.model));
  let attempts = 0;
  for (;;) {
    try {
      const reply = await new ReplyReader({ ...options, waits, limits, meter }).read(url, fields.body);
      client.refused.set(request.model, fields.leftOut);
      return reply;
    } catch (caught) {
      const error = failureWithoutKey(caught, client.target.key);
      if (signal.aborted && !meter.hasBegun) return stopped();
      if (meter.hasBegun || !(error instanceof ServerFailure)) throw error;
      if (isAboutFields(error) && fields.leaveOutMore(error.detail ?? "")) continue;
      const pauseMs = error.isTransient ? pauseBefore(attempts, error.retryAfterMs, waits) : null;
      if (pauseMs === null) throw withWait(error, client.target.name);
      attempts++;
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return stopped();
    }
  }
}

/** Returns whether a server may have refused a request because of a field that it does not know. */
const isAboutFields = ({ code, facts }: ServerFailure): boolean =>
  code === "server-refused" && (facts?.["status"] === 400 || facts?.["status"] === 422);

/** Returns how long to wait before the next attempt, or null if there is none. */
function pauseBefore(attempts: number, askedForMs: number | null, waits: ReplyWaits): number | null {
  const usualMs = waits.retryMs[attempts];
  if (usualMs === undefined || (askedForMs !== null && askedForMs > waits.mostRetryAfterMs)) return null;
  // Others were refused at the same moment, and should not all come back at once.
  return askedForMs === null ? usualMs * (0.5 + Math.random()) : askedForMs + usualMs * Math.random() * 0.25;
}

function withWait(failure: ServerFailure, server: string): ServerFailure {
  const { code, retryAfterMs, detail } = failure;
  if (code !== "server-busy" || retryAfterMs === null) return failure;
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new ServerFailure("server-busy", { server, case: "waits", seconds }, { detail });
}
