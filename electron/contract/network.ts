import { z } from "zod";
import { call } from "./call.ts";

/**
 * What the user did that needed a connection. `component`: a part of the app that its packages leave out. `update` and
 * `updateFile`: a newer version of the app. `served`: a program connected to this app as a server; its address is the
 * host. `page`: something in the window tried to connect, and was refused.
 */
export const connectionReasonSchema = z.discriminatedUnion("code", [
  z.object({ code: z.literal("search"), facts: z.object({ words: z.string().max(300) }) }),
  z.object({ code: z.literal("listing"), facts: z.object({ repo: z.string().max(300) }) }),
  z.object({
    code: z.literal("download"),
    /** The file's name, and the model's if the catalogue knows it. */
    facts: z.union([
      z.object({ case: z.literal("inCatalogue"), name: z.string().max(300), model: z.string().max(300) }),
      z.object({ name: z.string().max(300) }),
    ]),
  }),
  /**
   * What was sent there: a chat, what finds out about the server, or a benchmark's text. `name` is the server's. `worker`:
   * llama-server had it compute a part of a model.
   */
  z.object({
    code: z.literal("server"),
    facts: z.object({ case: z.enum(["reply", "test", "count", "benchmark", "worker"]), name: z.string().max(300) }),
  }),
  z.object({ code: z.literal("component"), facts: z.object({ name: z.string().max(300) }) }),
  z.object({ code: z.literal("update"), facts: z.object({}) }),
  z.object({ code: z.literal("updateFile"), facts: z.object({ version: z.string().max(50) }) }),
  z.object({ code: z.literal("served"), facts: z.object({}) }),
  z.object({ code: z.literal("page"), facts: z.object({}) }),
]);
export type ConnectionReason = z.output<typeof connectionReasonSchema>;

const count = z.number().int().nonnegative();

/** All connections to one server that one task made, such as a search or a download. */
export const connectionSchema = z.object({
  id: z.string().min(1).max(64),
  /** In milliseconds since 1970. */
  startedAt: z.number(),
  /** When the numbers below were last counted. */
  countedAt: z.number(),
  /** With its port, unless it is the scheme's usual one. */
  host: z.string().min(1).max(300),
  /** The address of the proxy that led there, without a password. */
  proxy: z.string().max(300).nullable(),
  reason: connectionReasonSchema,
  connections: count,
  requests: count,
  /** Of the messages, with their heads; what encryption adds is not counted. */
  sentBytes: count,
  receivedBytes: count,
  /** `stopped`: Offline was turned on meanwhile. `interrupted`: the app ended before the task did. */
  outcome: z.enum(["open", "done", "failed", "refused", "stopped", "interrupted"]),
  /** Of a failed one, such as "HTTP 404" or "ECONNREFUSED". */
  failure: z.string().max(100).nullable(),
});
export type Connection = z.output<typeof connectionSchema>;

/** Whether the app may connect at all. */
export interface NetworkState {
  isOffline: boolean;
  /** True if the app was started offline, which the setting cannot change. */
  isForced: boolean;
}

export interface ConnectionList {
  /** Newest first. */
  connections: Connection[];
  /** How many are kept in all. */
  total: number;
}

export const networkCalls = {
  "network.state": call<NetworkState>()(z.object({})),
  "network.connections": call<ConnectionList>()(z.object({ most: z.number().int().min(1).max(100_000).default(100) })),
  /** Records that the page tried to connect to a host, which its own rules refused. */
  "network.refused": call<null>()(z.object({ host: z.string().min(1).max(300) })),
  /** Deletes the record of all connections. */
  "network.clear": call<null>()(z.object({})),
};
