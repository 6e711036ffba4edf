import { z } from "zod";
import type { ServerClock } from "../../contract/serverBenchmark.ts";
import { doneText, type WireMessage } from "./readEvents.ts";

const text = z.string().nullish();
/** What is no possible count says nothing, but is no reason to give up a reply. */
const whole = z.number().int().nonnegative().max(1e9);
const count = whole.nullable().catch(null);
const time = z.number().nonnegative().max(1e18).nullable().catch(null);

/** The part of a reply that an event has. Each server has another field for the thought. */
const pieceSchema = z.object({ content: text, reasoning_content: text, reasoning: text, thinking: text });

const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
  /** DeepSeek's. */
  prompt_cache_hit_tokens: count,
});
const progressSchema = z.object({ total: whole, cache: whole, processed: whole });

const eventSchema = z.object({
  id: text.catch(null),
  choices: z
    .array(
      z.object({
        index: z.coerce.number().catch(0),
        delta: pieceSchema.nullish(),
        /** A server that was asked for a stream and sends a whole reply. */
        message: pieceSchema.nullish(),
        finish_reason: text,
      }),
    )
    .nullish(),
  usage: usageSchema.nullish().catch(null),
  /** llama-server's. */
  timings: z
    .object({ cache_n: count, prompt_n: count, prompt_ms: time, predicted_n: count, predicted_ms: time })
    .nullish()
    .catch(null),
  prompt_progress: progressSchema.nullish().catch(null),
  /** Ollama's own interface. */
  message: pieceSchema.nullish(),
  done: z.boolean().nullish(),
  done_reason: text,
  prompt_eval_count: count,
  eval_count: count,
  /** In nanoseconds. */
  prompt_eval_duration: time,
  eval_duration: time,
});

export type ThoughtField = "reasoning_content" | "reasoning" | "thinking";

/** What the server counted. */
export interface WireUsage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  /** Null if it does not count thoughts apart. */
  thoughtTokens: number | null;
}

/** What one event of a reply says. What it does not say is left out. */
export interface ReplyNews {
  /** The server's id of the reply. */
  id?: string;
  thought?: { text: string; field: ThoughtField };
  answer?: string;
  /** Why the reply ended, in the server's words. */
  finish?: string;
  usage?: WireUsage;
  /** What the server says that it took. */
  clock?: ServerClock;
  progress?: { total: number; cached: number; processed: number };
  /** No more events follow. */
  isLast?: true;
  error?: unknown;
}

/** Returns what an event says, or null if it is none of a reply. */
export function readReply({ value, isError }: WireMessage): ReplyNews | null {
  if (value === doneText) return { isLast: true };
  const failed = errorIn(value) ?? (isError ? value : undefined);
  if (failed !== undefined) return { error: failed };
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) return null;
  const event = parsed.data;
  const choice = event.choices?.find(({ index }) => index === 0);
  const piece = choice?.delta ?? choice?.message ?? event.message;
  const thought = piece ? thoughtOf(piece) : null;
  const finish = choice?.finish_reason || (event.done === true ? event.done_reason || "stop" : null);
  const usage = usageOf(event);
  const clock = clockOf(event);
  const progress = event.prompt_progress;
  return {
    ...(event.id && { id: event.id }),
    ...(thought && { thought }),
    ...(piece?.content && { answer: piece.content }),
    ...(finish && { finish }),
    ...(usage !== null && { usage }),
    ...(clock !== null && { clock }),
    ...(progress && { progress: { total: progress.total, cached: progress.cache, processed: progress.processed } }),
    ...(event.done === true && { isLast: true as const }),
  };
}

/** Returns what an answer reports as an error, or undefined. Some servers send it with status 200. */
export function errorIn(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  // Some servers say with each answer that there is none.
  if ("error" in value && value.error) return value.error;
  if ("object" in value && value.object === "error") return value;
  return undefined;
}

function thoughtOf(piece: z.output<typeof pieceSchema>): NonNullable<ReplyNews["thought"]> | null {
  // Servers that are changing its name send it twice.
  for (const field of ["reasoning_content", "reasoning", "thinking"] as const) {
    const said = piece[field];
    if (said) return { text: said, field };
  }
  return null;
}

function usageOf(event: z.output<typeof eventSchema>): WireUsage | null {
  const { usage, timings } = event;
  if (usage && usage.completion_tokens !== null) {
    return {
      promptTokens: usage.prompt_tokens ?? 0,
      cachedTokens:
        usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? timings?.cache_n ?? 0,
      completionTokens: usage.completion_tokens,
      thoughtTokens: usage.completion_tokens_details?.reasoning_tokens ?? null,
    };
  }
  if (timings && timings.predicted_n !== null) {
    const cachedTokens = timings.cache_n ?? 0;
    const promptTokens = cachedTokens + (timings.prompt_n ?? 0);
    return { promptTokens, cachedTokens, completionTokens: timings.predicted_n, thoughtTokens: null };
  }
  if (event.done !== true || event.eval_count === null) return null;
  return {
    promptTokens: event.prompt_eval_count ?? 0,
    cachedTokens: 0,
    completionTokens: event.eval_count,
    thoughtTokens: null,
  };
}

function clockOf({ timings, ...event }: z.output<typeof eventSchema>): ServerClock | null {
  if (timings) return wholeClock(timings.prompt_n, timings.prompt_ms, timings.predicted_n, timings.predicted_ms);
  const inMs = (nanoseconds: number | null): number | null => nanoseconds && nanoseconds / 1e6;
  if (event.done !== true) return null;
  const { prompt_eval_count: read, eval_count: written } = event;
  return wholeClock(read, inMs(event.prompt_eval_duration), written, inMs(event.eval_duration));
}

function wholeClock(
  promptTokens: number | null,
  promptMs: number | null,
  writtenTokens: number | null,
  writtenMs: number | null,
): ServerClock | null {
  if (promptTokens === null || promptMs === null || writtenTokens === null || writtenMs === null) return null;
  return { promptTokens, promptMs, writtenTokens, writtenMs };
}
