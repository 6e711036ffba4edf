import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** What the user may set. Kept, except for `keepsContents`, which is off after each start of the app. */
export const apiServerSettingsSchema = z.strictObject({
  startsWithApp: z.boolean(),
  port: z.number().int().min(1024).max(65_535),
  /** Whether other computers in the local network may connect too. */
  isOpenToNetwork: z.boolean(),
  /** Web pages whose scripts may connect, such as "https://chat.example". All others are refused. */
  allowedOrigins: z.array(z.string().max(300)).max(50),
  /** Whether the texts of requests are kept in memory to be looked at, for as long as the requests are listed. */
  keepsContents: z.boolean(),
});
export type ApiServerSettings = z.output<typeof apiServerSettingsSchema>;

/**
 *   off ──start──▶ starting ──listening──▶ on ──stop──▶ stopping ──▶ off
 *                  └──────── failed ◀───────┘            (a change of the settings goes through stopping and starting)
 *
 * `failed`: it is off, because it could not listen. `addresses`: what programs connect to, such as
 * "http://127.0.0.1:8321/v1"; the first one is this computer's own, the others are those in the local network.
 */
export type ApiServerState =
  | { state: "off" }
  | { state: "starting" }
  | { state: "on"; addresses: string[] }
  | { state: "stopping" }
  | { state: "failed"; problem: Problem };

export type ApiEndpoint = "chat" | "completion" | "response";

/** `refused`: it had no turn, because too many were waiting. `stopped`: its program went away, or the server was stopped. */
export type ApiOutcome = "waiting" | "running" | "done" | "stopped" | "failed" | "refused";

/** A request that wanted a reply. */
export interface ApiRequest {
  id: string;
  /** In milliseconds since 1970. */
  startedAt: number;
  endpoint: ApiEndpoint;
  /** The name of the model that answers. Null until its turn has come. */
  model: string | null;
  /** What the program calls itself, from its `User-Agent`, at most 80 characters. Empty if it does not say. */
  program: string;
  /** The address that it came from. */
  from: string;
  outcome: ApiOutcome;
  /** Why it failed, if that was not its own fault. */
  problem: Problem | null;
  /** What its program was told when it failed or was refused, in English, such as "tools is not supported …". */
  told: string | null;
  /** How long it waited for its turn. */
  waitedMs: number | null;
  promptTokens: number | null;
  /** Tokens of thought and answer. */
  writtenTokens: number | null;
  /** From its turn to the first token. */
  ttftMs: number | null;
  prefillTokensPerSecond: number | null;
  tokensPerSecond: number | null;
  /** Whether its texts were kept: see `apiServer.contents`. */
  hasContents: boolean;
}

/**
 * A request that was refused before anything else: 401 without the right key, 403 from a web page that is not allowed,
 * 421 under a name that is not this computer's.
 */
export interface ApiRefusal {
  /** In milliseconds since 1970. */
  at: number;
  status: 401 | 403 | 421;
  /** As in `ApiRequest`. */
  program: string;
  from: string;
  /** The web page that it came from, at most 300 characters. Null if it does not say. */
  origin: string | null;
}

/** The texts of a request. The ends of very long ones are cut off. */
export interface ApiContents {
  prompt: string;
  thought: string;
  answer: string;
}

export interface ApiServerInfo {
  state: ApiServerState;
  settings: ApiServerSettings;
  /**
   * When its key was made, in milliseconds since 1970. Null if there is none yet: the first start makes one. Only a hash of
   * the key is kept, so that it stays the same with every start, and nobody can read it.
   */
  keyMadeAt: number | null;
  /** The last ones, newest first, at most 50. */
  requests: ApiRequest[];
  /** The last ones, newest first, at most 20. */
  refusals: ApiRefusal[];
  /** Number of connections that are open. */
  connections: number;
}

/** A key is shown once, when it was made. A lost one is renewed. */
export interface ApiServerAnswer {
  info: ApiServerInfo;
  /** Null if no key was made. */
  newKey: string | null;
}

/** Handled by the app itself; `r1 serve` is the same server without a window. */
export const apiServerCalls = {
  "apiServer.info": call<ApiServerInfo>()(z.object({})),
  /** Resolves once it listens, or with the state `failed`. The first start makes a key. */
  "apiServer.start": call<ApiServerAnswer>()(z.object({})),
  /** Resolves once the port is closed. */
  "apiServer.stop": call<ApiServerInfo>()(z.object({})),
  /** Makes another key. The one before is refused from then on, and replies that were requested with it end. */
  "apiServer.renewKey": call<ApiServerAnswer>()(z.object({})),
  /** Ends a request that waits or is answered. */
  "apiServer.stopRequest": call<null>()(z.object({ id: z.string().min(1).max(64) })),
  /**
   * If it is on, it begins to listen again with another port or network. Opening it to the network or to a web page is
   * confirmed in a dialog that the page cannot answer; nothing changes if the user does not agree. Rejects with
   * `api-origin-invalid`.
   */
  "apiServer.change": call<ApiServerInfo>()(apiServerSettingsSchema.partial()),
  /** Null if they were not kept, or the request is no longer listed. */
  "apiServer.contents": call<ApiContents | null>()(z.object({ id: z.string().min(1).max(64) })),
};
