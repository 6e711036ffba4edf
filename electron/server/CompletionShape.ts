import { randomUUID } from "node:crypto";
import type { ToldFailure } from "./ApiFailure.ts";
import { type EndedReply, type ReplyShape, type ShapedEvent, unixSeconds } from "./ReplyShape.ts";
import { timingsOf, usageOf } from "./timings.ts";

/** A reply of /v1/completions. */
export class CompletionShape implements ReplyShape {
  readonly #head: object;
  readonly #includesUsage: boolean;

  /** `model`: its id. */
  constructor({ model, includesUsage }: { model: string; includesUsage: boolean }) {
    this.#head = { id: `cmpl-${randomUUID()}`, object: "text_completion", created: unixSeconds(), model };
    this.#includesUsage = includesUsage;
  }

  whole({ answer, finish, stats }: EndedReply): object {
    return { ...this.#choice(answer, finish), usage: usageOf(stats), timings: timingsOf(stats) };
  }

  opening(): ShapedEvent[] {
    return [];
  }

  reading(): ShapedEvent[] {
    return [];
  }

  piece(_part: "thought" | "answer", text: string): ShapedEvent[] {
    return [{ data: this.#choice(text) }];
  }

  ending({ finish, stats }: EndedReply): ShapedEvent[] {
    const last = { data: { ...this.#choice("", finish), timings: timingsOf(stats) } };
    const usage = { data: { ...this.#head, choices: [], usage: usageOf(stats) } };
    return [last, ...(this.#includesUsage ? [usage] : []), { data: "[DONE]" }];
  }

  failing(error: ToldFailure): ShapedEvent[] {
    return [{ data: { error } }];
  }

  #choice(text: string, finish: string | null = null): object {
    return { ...this.#head, choices: [{ index: 0, text, logprobs: null, finish_reason: finish }] };
  }
}
