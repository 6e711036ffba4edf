import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** The port that this app serves on if no other was chosen. */
export const usualApiPort = 8321;

/** What the user may set. Kept, except for `keepsContents`, which is off after each start of the app. */
export const apiServerSettingsSchema = z.strictObject({
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
  /** The model that answers. Null until its turn has come. */
  model: string | null;
  /** What the program calls itself, from its `User-Agent`, at most 80 characters. Empty if it does not say. */
  program: string;
  /** The address that it came from. */
  from: string;
  outcome: ApiOutcome;
  /** Why it failed. */
  problem: Problem | null;
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

/** The texts of a request. The ends of very long ones are cut off. */
export interface ApiContents {
  prompt: string;
  thought: string;
  answer: string;
}

export interface ApiServerInfo {
  /** Whether it is switched on. It then starts with the app as well. */
  isOn: boolean;
  state: ApiServerState;
  settings: ApiServerSettings;
  /** When its key was made, in milliseconds since 1970. Null if there is none yet: the first start makes one. */
  keyMadeAt: number | null;
  /** The last ones, newest first, at most 50. */
  requests: ApiRequest[];
  /** Number of programs that are connected. */
  connections: number;
}

/** A key is shown once, when it was made. Afterwards nobody can read it, and a lost one is renewed. */
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
  /** If it is on, it begins to listen again with another port or network. Rejects with `api-origin-invalid`. */
  "apiServer.change": call<ApiServerInfo>()(apiServerSettingsSchema.partial()),
  /** Null if they were not kept, or the request is no longer listed. */
  "apiServer.contents": call<ApiContents | null>()(z.object({ id: z.string().min(1).max(64) })),
};
