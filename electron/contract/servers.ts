import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";
import { mostServerNameChars } from "./names.ts";
import { nameSchema } from "./nameSchema.ts";

/** How many servers there can be, and how many models of each are listed. */
export const mostServers = 100;
export const mostServerModels = 1000;

/** The kinds of servers whose ways are known. `other`: one that understands OpenAI's chat completions. */
export const serverDialects = ["deepseek", "llama-server", "vllm", "sglang", "ollama", "lm-studio", "other"] as const;
export type ServerDialect = (typeof serverDialects)[number];

/** What a server can do besides writing replies. What it cannot do is refused with `server-cannot`. */
export interface ServerAbilities {
  /** Ends a thought on request, so that the answer follows: also at a limit for the thought. */
  endsThought: boolean;
  /** Skips the thought if that was chosen. */
  skipsThinking: boolean;
  /** Continues a reply that ended early. */
  continues: boolean;
  /** Also one that ended within its thought. */
  continuesThought: boolean;
  /** Tells the tokens of a prompt before anything is written. */
  countsTokens: boolean;
  /** Shows exactly what the model reads. */
  showsPrompt: boolean;
  /** Has an answer conform to a JSON schema. */
  followsSchema: boolean;
}

/** Where a reply was written, as it was then. Kept with the reply, also after the server is removed. */
export const writtenAtSchema = z.object({
  name: z.string().max(mostServerNameChars),
  /** With its port, unless it is the scheme's usual one. */
  host: z.string().max(300),
  isThisMachine: z.boolean(),
});
export type WrittenAt = z.output<typeof writtenAtSchema>;

/** How the figures of a reply from a server were taken. */
export const wireFiguresSchema = z.object({
  /** Times and speeds are measured here, at the app's end of the connection: they include the way there and back. */
  clock: z.literal("app"),
  /** `usage`: the server counted the tokens. `pieces`: it did not, and each piece of text that arrived counts as one. */
  counts: z.enum(["usage", "pieces"]),
});
export type WireFigures = z.output<typeof wireFiguresSchema>;

/** A model as its server lists it. */
export interface ServerModel {
  /** Its id in the list of models. */
  modelId: string;
  /** As the server names it. */
  name: string;
  /** Null if the server does not say. */
  contextLength: number | null;
}

/** What a test found out about a server. */
export interface ServerFindings {
  /** From the request for the list of models to its answer. */
  latencyMs: number;
  /** How many models were left out of the list, because there are too many, or their names cannot be kept or shown. */
  leftOut: number;
  /** Which model was asked something. Null if none was: see `servers.test`. The rest is null then too. */
  asked: string | null;
  /** Where the thought of a reply is. `tags`: in the text, as `<think>…</think>`. `none`: the model wrote none. */
  thoughtField: "reasoning_content" | "reasoning" | "thinking" | "tags" | "none" | null;
  /** `tokenize`: the server counts any prompt. `usage`: with each reply. `none`: it does not count. */
  counting: "tokenize" | "usage" | "none" | null;
  ttftMs: number | null;
  tokensPerSecond: number | null;
}

/**
 * The last test of a server:
 *
 *   never ─▶ running ─▶ done | failed ─▶ running
 *               └─(cancelled)─▶ what it was before
 */
export type ServerTest =
  | { state: "never" }
  | { state: "running" }
  | { state: "done"; at: number; findings: ServerFindings }
  | { state: "failed"; at: number; problem: Problem };

/** A server that the user added. Its key never reaches the page. */
export interface Server {
  id: string;
  name: string;
  /** As it was entered, in canonical form and without a trailing slash, such as "https://gpu.example.org/v1". */
  url: string;
  /** With its port, unless it is the scheme's usual one. */
  host: string;
  /** Whether it is on this machine, so that nothing leaves it. */
  isThisMachine: boolean;
  /** False if what is sent can be read on its way: plain http to another machine. */
  isEncrypted: boolean;
  /** Null before the first successful test. */
  dialect: ServerDialect | null;
  abilities: ServerAbilities;
  /** `app`: the app runs the server itself, which cannot be changed or removed. `session`: kept until the app quits. `environment`: the variable that was named when the server was added. */
  keyFrom: "app" | "none" | "keychain" | "session" | "environment";
  /** The environment variable that has the key. Null if none was named. */
  keyVariable: string | null;
  /** The only certificate, or authority, that it is trusted with, in place of the usual ones. Null if there is none. */
  certificate: { subject: string; sha256: string; validTo: number } | null;
  /** Those of the last successful test. */
  models: ServerModel[];
  test: ServerTest;
}

export interface ServerList {
  /** In the order in which they were added. */
  servers: Server[];
  /** False if this system offers no secure storage, so that an entered key lasts until the app quits. */
  canKeepKey: boolean;
}

const id = z.string().min(1).max(64);
const name = nameSchema(mostServerNameChars);
const url = z.string().min(1).max(1000);
const key = z.string().min(1).max(4000).nullable();
/** The name of an environment variable. */
export const keyVariablePattern = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
const keyVariable = z.string().regex(keyVariablePattern).nullable();
const certificate = z.string().max(100_000).nullable();

export const serversCalls = {
  "servers.list": call<ServerList>()(z.object({})),
  /**
   * Adds a server without connecting to it. `certificate` is PEM text. Unencrypted http to a machine outside of the local
   * network needs `allowsPlainHttp`. A server on another machine is confirmed in a dialog that the page cannot answer.
   * Rejects with `server-address-invalid`, `server-name-taken`, `server-key-malformed`, `server-certificate-invalid`,
   * `server-not-agreed` or `servers-full`.
   */
  "servers.add": call<Server>()(
    z.object({
      name,
      url,
      key: key.default(null),
      keyVariable: keyVariable.default(null),
      certificate: certificate.default(null),
      allowsPlainHttp: z.boolean().default(false),
    }),
  ),
  /**
   * Changes what is given, without connecting. Another origin drops the key and the certificate, unless they are given too,
   * and is confirmed as in `servers.add`. Rejects as that does, and with `server-not-found`.
   */
  "servers.change": call<Server>()(
    z.object({
      serverId: id,
      name: name.optional(),
      url: url.optional(),
      key: key.optional(),
      keyVariable: keyVariable.optional(),
      certificate: certificate.optional(),
      allowsPlainHttp: z.boolean().default(false),
    }),
  ),
  /**
   * Connects: lists the models and finds out what the server is. Asks a model something short, to learn how it writes and
   * how fast: the one that is named, or the only one there is; otherwise none, because a server may load what is asked.
   * Resolves with the server, also if the test failed or was cancelled. Rejects with `server-not-found`.
   */
  "servers.test": call<Server>()(
    z.object({ serverId: id, modelName: z.string().min(1).max(500).nullable().default(null) }),
  ),
  "servers.cancelTest": call<null>()(z.object({ serverId: id })),
  /** Removes a server and its key. What its models wrote stays. Rejects with `server-not-found`. */
  "servers.remove": call<null>()(z.object({ serverId: id })),
};

/**
 * What a page may say of these. It names no variable, because what any variable holds would be sent to a server that it
 * names too.
 */
export const serversCallsOfPage = {
  "servers.add": call<Server>()(serversCalls["servers.add"].input.omit({ keyVariable: true })),
  "servers.change": call<Server>()(serversCalls["servers.change"].input.omit({ keyVariable: true })),
};
