import { randomUUID } from "node:crypto";
import type { ReadingProgress } from "../contract/runs.ts";
import type { ToldFailure } from "./ApiFailure.ts";
import { type EndedReply, type ReplyShape, type ShapedEvent, unixSeconds } from "./ReplyShape.ts";
import { timingsOf, usageOf } from "./timings.ts";

interface Options {
  /** The model's id. */
  model: string;
  includesUsage: boolean;
  includesProgress: boolean;
}

/** A reply of /v1/chat/completions. The thought is `reasoning_content`, as DeepSeek's own server names it. */
export class ChatShape implements ReplyShape {
  readonly #options: Options;
  readonly #head = { id: `chatcmpl-${randomUUID()}`, created: unixSeconds() };
  readonly #startedAt = performance.now();

  constructor(options: Options) {
    this.#options = options;
  }

  whole({ thought, answer, finish, stats }: EndedReply): object {
    const message = {
      role: "assistant",
      content: answer,
      ...(thought !== "" && { reasoning_content: thought }),
      refusal: null,
    };
    return {
      ...this.#head,
      object: "chat.completion",
      model: this.#options.model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
      usage: usageOf(stats),
      timings: timingsOf(stats),
    };
  }

  opening(): ShapedEvent[] {
    return [this.#chunk({ role: "assistant", content: "" })];
  }

  reading({ promptTokens, cachedTokens, readTokens }: ReadingProgress): ShapedEvent[] {
    if (!this.#options.includesProgress) return [];
    const time_ms = Math.round(performance.now() - this.#startedAt);
    const prompt_progress = { total: promptTokens, cache: cachedTokens, processed: readTokens, time_ms };
    return [this.#chunk({}, null, { prompt_progress })];
  }

  piece(part: "thought" | "answer", text: string): ShapedEvent[] {
    return [this.#chunk(part === "thought" ? { reasoning_content: text } : { content: text })];
  }

  ending({ finish, stats }: EndedReply): ShapedEvent[] {
    const last = this.#chunk({}, finish, { timings: timingsOf(stats) });
    const usage = { ...this.#headOfChunk(), choices: [], usage: usageOf(stats), timings: timingsOf(stats) };
    return [last, ...(this.#options.includesUsage ? [{ data: usage }] : []), { data: "[DONE]" as const }];
  }

  failing(error: ToldFailure): ShapedEvent[] {
    return [{ data: { error } }];
  }

  #headOfChunk(): object {
    return { ...this.#head, object: "chat.completion.chunk", model: this.#options.model };
  }

  #chunk(delta: object, finish: string | null = null, more: object = {}): ShapedEvent {
    const choice = { index: 0, delta, logprobs: null, finish_reason: finish };
    // With `include_usage`, OpenAI's server sends null until the last event.
    const usage = this.#options.includesUsage ? { usage: null } : {};
    return { data: { ...this.#headOfChunk(), choices: [choice], ...usage, ...more } };
  }
}
