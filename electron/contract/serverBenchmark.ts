import { z } from "zod";
import { benchmarkExportFormats, spreadSchema } from "./benchmark.ts";
import type { SpeedChange } from "./benchmarkComparison.ts";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";
import { problemSchema } from "./problemSchema.ts";
import {
  leastServerTokens,
  mostServerPromptTokens,
  mostServerRepeats,
  mostServerWrittenTokens,
  type ServerBenchmarkPlan,
  usualServerPlan,
} from "./serverBenchmarkPlan.ts";
import { serverDialects, wireFiguresSchema, writtenAtSchema } from "./servers.ts";

const id = z.string().min(1).max(200);
const moment = z.number().nonnegative();
const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();

/** How often a server's model is asked, how much it reads each time, and how much it may write. */
export const serverBenchmarkPlanSchema = z.object({
  promptTokens: z.number().int().min(leastServerTokens).max(mostServerPromptTokens),
  writtenTokens: z.number().int().min(leastServerTokens).max(mostServerWrittenTokens),
  repeats: z.number().int().min(1).max(mostServerRepeats),
}) satisfies z.ZodType<ServerBenchmarkPlan>;
/** What a server says that it took, by its own clock. */
export const serverClockSchema = z.object({
  /** Without those that it had read before. */
  promptTokens: count,
  promptMs: ms,
  writtenTokens: count,
  writtenMs: ms,
});
export type ServerClock = z.output<typeof serverClockSchema>;

const runSchema = z.object({
  /** Among the timed ones, from 1. */
  number: count,
  startedAt: moment,
  /** From the request to the first piece of text, by this app's clock, with connecting and the way there and back. */
  ttftMs: ms,
  /** By this app's clock. Null if the text came all at once, or if tokens were counted that were not sent. */
  tokensPerSecond: z.number().positive().nullable(),
  counts: wireFiguresSchema.shape.counts,
  /** As the server counted them. Null if it did not. */
  promptTokens: count.nullable(),
  /** Of the prompt's tokens, those that the server had read before, such as the beginning of each prompt. */
  cachedTokens: count,
  writtenTokens: count,
  /** How often it was asked again: it was busy, or did not know a field. The times are those of the last request. */
  askedAgain: count,
  server: serverClockSchema.nullable(),
});
export type ServerRun = z.output<typeof runSchema>;

/**
 * What was measured of a model on a server, at this end of the connection. It has nothing in common with a
 * `BenchmarkResult`, and is kept apart, so that the two are never compared: the network is in it, nothing is known of the
 * server's machine, and other people may use it meanwhile.
 */
export const serverBenchmarkResultSchema = z.object({
  kind: z.literal("server"),
  id,
  appVersion: z.string(),
  startedAt: moment,
  endedAt: moment,
  plan: serverBenchmarkPlanSchema,
  ending: z.enum(["complete", "stopped", "failed"]),
  /** Why it failed. Null if it did not. */
  problem: problemSchema.omit({ detail: true }).nullable(),
  server: writtenAtSchema.extend({ id, dialect: z.enum(serverDialects).nullable() }),
  /** `named`: as the server names it, without the folder of a file. */
  model: z.object({ id, name: z.string(), named: z.string() }),
  /** The timed ones that were complete, in order. */
  runs: z.array(runSchema).min(1),
  /** The others of the timed ones. */
  failures: z.array(z.object({ number: count, problem: problemSchema.omit({ detail: true }) })),
  /** In milliseconds. */
  ttft: spreadSchema,
  /** Null if no run has a speed. */
  writing: spreadSchema.nullable(),
  /** By the server's own clock, in tokens per second. Null if it tells no times. */
  serverReading: spreadSchema.nullable(),
  serverWriting: spreadSchema.nullable(),
});
export type ServerBenchmarkResult = z.output<typeof serverBenchmarkResultSchema>;

export interface ServerBenchmarkRun {
  id: string;
  modelId: string;
  modelName: string;
  server: ServerBenchmarkResult["server"];
  plan: ServerBenchmarkPlan;
  startedAt: number;
}

export interface ServerBenchmarkProgress {
  /** The request that is under way. 0 is the one before the timed ones. */
  number: number;
  runs: (Pick<ServerRun, "ttftMs" | "tokensPerSecond"> & { number: number })[];
  failed: number;
}

/** The lifecycle of a server's benchmark: none ─▶ measuring ─▶ ended ─(the next one)─▶ measuring. */
export type ServerBenchmarkState =
  | { state: "none" }
  | { state: "measuring"; run: ServerBenchmarkRun; progress: ServerBenchmarkProgress }
  | {
      state: "ended";
      run: ServerBenchmarkRun;
      outcome: ServerBenchmarkResult["ending"];
      /** Null if nothing was measured. */
      result: ServerBenchmarkResult | null;
      /** Why it failed, or why the result could not be stored. */
      problem: Problem | null;
    };

/** Compares a complete result with the one before it of the same server, model and plan, counted in the same way. */
export interface ServerHistoryChange {
  resultId: string;
  since: number;
  /** Null if one of the two has no speed. */
  writing: SpeedChange | null;
  /** Of the time to the first token; `faster` means sooner. */
  firstToken: SpeedChange;
}

export interface ServerBenchmarkHistory {
  /** Newest first. */
  results: ServerBenchmarkResult[];
  /** Has an entry for each complete result that has one before it. */
  changes: ServerHistoryChange[];
}

const resultIds = z.array(id).min(1).max(100);

export const serverBenchmarkCalls = {
  /**
   * Measures a model on a server and resolves at once; its state and events follow. The server is sent prompts of random
   * words, see `askedOfServer`. Rejects with `benchmark-running`, `model-not-found`, `server-not-found` or
   * `benchmark-nothing-to-measure`.
   */
  "serverBenchmark.start": call<ServerBenchmarkState>()(
    z.object({ modelId: id, plan: serverBenchmarkPlanSchema.default({ ...usualServerPlan }) }),
  ),
  /** Ends it at once and resolves once it has ended. Does nothing if none is running. */
  "serverBenchmark.stop": call<ServerBenchmarkState>()(z.object({})),
  "serverBenchmark.state": call<ServerBenchmarkState>()(z.object({})),
  "serverBenchmark.history": call<ServerBenchmarkHistory>()(z.object({})),
  /** Removes results. Ids of results that no longer exist are ignored. */
  "serverBenchmark.remove": call<null>()(z.object({ resultIds })),
  /** Rejects with `benchmark-not-found`. */
  "serverBenchmark.export": call<{ fileName: string; text: string }>()(
    z.object({ resultIds, format: z.enum(benchmarkExportFormats) }),
  ),
};
