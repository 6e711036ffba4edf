import type { ReplyStats, StopReason } from "../../contract/chats.ts";
import type { LiveReply } from "../../contract/runs.ts";
import type { Part } from "./ReplyParts.ts";
import { round, SpeedSlices } from "./SpeedSlices.ts";

const liveWindowMs = 1000;

/** Counts and times one reply. Counts tokens, never chunks of text; the clock is the engine's own, in ms. */
export class ReplyMeter {
  readonly #now: () => number;
  readonly #arrivedAt: number;
  readonly #slices = new SpeedSlices();
  #promptTokens = 0;
  #cachedTokens = 0;
  #prefillStartedAt = 0;
  #firstAt: number | null = null;
  #lastAt = 0;
  #thoughtFirstAt: number | null = null;
  #thoughtLastAt = 0;
  #thoughtTokens = 0;
  #answerTokens = 0;
  /** Times of the last tokens; those older than the window are dropped, but two are always kept. */
  #recent: number[] = [];

  /** @param arrivedAt when the request reached the engine, on the same clock */
  constructor(arrivedAt: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#arrivedAt = arrivedAt;
  }

  get generatedTokens(): number {
    return this.#thoughtTokens + this.#answerTokens;
  }

  startPrefill(promptTokens: number, cachedTokens: number): void {
    this.#promptTokens = promptTokens;
    this.#cachedTokens = cachedTokens;
    this.#prefillStartedAt = this.#now();
  }

  /** One generated token; the markers of a thought count as part of it. */
  token(part: Part): void {
    const now = this.#now();
    this.#firstAt ??= now;
    this.#lastAt = now;
    this.#slices.add(now - this.#firstAt);
    this.#recent.push(now);
    while (this.#recent.length > 2 && (this.#recent[0] ?? now) < now - liveWindowMs) this.#recent.shift();
    if (part === "answer") {
      this.#answerTokens++;
      return;
    }
    this.#thoughtTokens++;
    this.#thoughtFirstAt ??= now;
    this.#thoughtLastAt = now;
  }

  live(): LiveReply {
    const first = this.#recent[0];
    const spanMs = first === undefined ? 0 : this.#lastAt - first;
    return {
      thoughtTokens: this.#thoughtTokens,
      answerTokens: this.#answerTokens,
      thoughtMs: this.#thoughtMs(),
      tokensPerSecond: spanMs > 0 ? round(((this.#recent.length - 1) * 1000) / spanMs) : null,
      speedSamples: this.#slices.samples(),
      promptTokens: this.#promptTokens,
      cachedTokens: this.#cachedTokens,
      ttftMs: this.#firstAt === null ? null : round(this.#firstAt - this.#arrivedAt),
    };
  }

  /** The figures kept with the message. Without a first token, `ttftMs` is the time spent so far. */
  stats(stopReason: StopReason): ReplyStats {
    const readTokens = this.#promptTokens - this.#cachedTokens;
    const prefillMs = (this.#firstAt ?? 0) - this.#prefillStartedAt;
    const decodeMs = this.#lastAt - (this.#firstAt ?? 0);
    const measured = this.#firstAt !== null;
    return {
      promptTokens: this.#promptTokens,
      cachedTokens: this.#cachedTokens,
      thoughtTokens: this.#thoughtTokens,
      answerTokens: this.#answerTokens,
      ttftMs: round((this.#firstAt ?? this.#now()) - this.#arrivedAt),
      thoughtMs: this.#thoughtMs(),
      prefillTokensPerSecond: measured && prefillMs > 0 ? round((readTokens * 1000) / prefillMs) : null,
      tokensPerSecond: measured && decodeMs > 0 ? round(((this.generatedTokens - 1) * 1000) / decodeMs) : null,
      stopReason,
      speedSamples: this.#slices.samples(),
    };
  }

  #thoughtMs(): number {
    return this.#thoughtFirstAt === null ? 0 : round(this.#thoughtLastAt - this.#thoughtFirstAt);
  }
}
