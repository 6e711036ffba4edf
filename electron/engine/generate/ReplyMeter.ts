import type { ReplyStats, StopReason, ThoughtCut } from "../../contract/chats.ts";
import type { LiveReply } from "../../contract/runs.ts";
import type { Part } from "./ReplyParts.ts";
import { round, SpeedSlices } from "../../contract/SpeedSlices.ts";
import { speedNow, speedWindowMs } from "../../contract/speedNow.ts";

/** Counts and times one reply. Counts tokens, never chunks of text. The clock is the engine's own, in ms. */
export class ReplyMeter {
  /** Whether the reply repeats itself now. */
  isRepeating = false;
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
  #thoughtCut: ThoughtCut | null = null;
  /** Times of the last tokens, in the form that `speedNow` expects. */
  #recent: number[] = [];

  /** @param arrivedAt when the request reached the engine, on the same clock */
  constructor(arrivedAt: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#arrivedAt = arrivedAt;
  }

  get generatedTokens(): number {
    return this.#thoughtTokens + this.#answerTokens;
  }

  get thoughtTokens(): number {
    return this.#thoughtTokens;
  }

  /** From the first to the last token of the thought, in ms. */
  get thoughtMs(): number {
    return this.#thoughtFirstAt === null ? 0 : round(this.#thoughtLastAt - this.#thoughtFirstAt);
  }

  /** Notes that the thought is ended early, and why. */
  cutThought(why: ThoughtCut): void {
    this.#thoughtCut ??= why;
  }

  startPrefill(promptTokens: number, cachedTokens: number): void {
    this.#promptTokens = promptTokens;
    this.#cachedTokens = cachedTokens;
    this.#prefillStartedAt = this.#now();
  }

  /** Counts one generated token. The markers of a thought count as part of it. */
  token(part: Part): void {
    const now = this.#now();
    this.#firstAt ??= now;
    this.#lastAt = now;
    this.#slices.add(now - this.#firstAt);
    this.#recent.push(now);
    while (this.#recent.length > 2 && (this.#recent[0] ?? now) < now - speedWindowMs) this.#recent.shift();
    if (part === "answer") {
      this.#answerTokens++;
      return;
    }
    this.#thoughtTokens++;
    this.#thoughtFirstAt ??= now;
    this.#thoughtLastAt = now;
  }

  /** Returns the speed at which the prompt has been read so far, or null if nothing was read. */
  readingSpeed(readTokens: number): number | null {
    return perSecond(readTokens - this.#cachedTokens, this.#now() - this.#prefillStartedAt);
  }

  /** Returns the figures at this moment. Memory is not included, because the meter only measures time. */
  live(): Omit<LiveReply, "memory"> {
    const now = this.#now();
    const nowPerSecond = speedNow(this.#recent, now);
    return {
      ...this.#soFar(),
      ttftMs: this.#firstAt === null ? null : round(this.#firstAt - this.#arrivedAt),
      elapsedMs: round(now - (this.#firstAt ?? now)),
      tokensPerSecondNow: nowPerSecond === null ? null : round(nowPerSecond),
      isRepeating: this.isRepeating,
    };
  }

  /** Returns the figures to store with the message. Without a first token, `ttftMs` is the time elapsed so far. */
  stats(stopReason: StopReason): ReplyStats {
    return { ...this.#soFar(), ttftMs: round((this.#firstAt ?? this.#now()) - this.#arrivedAt), stopReason };
  }

  #soFar(): Omit<ReplyStats, "stopReason" | "ttftMs"> {
    const readTokens = this.#promptTokens - this.#cachedTokens;
    const prefillMs = (this.#firstAt ?? 0) - this.#prefillStartedAt;
    const decodeMs = this.#lastAt - (this.#firstAt ?? 0);
    const written = this.#firstAt !== null;
    return {
      promptTokens: this.#promptTokens,
      cachedTokens: this.#cachedTokens,
      thoughtTokens: this.#thoughtTokens,
      answerTokens: this.#answerTokens,
      thoughtMs: this.thoughtMs,
      thoughtCut: this.#thoughtCut,
      prefillTokensPerSecond: written ? perSecond(readTokens, prefillMs) : null,
      tokensPerSecond: written ? perSecond(this.generatedTokens - 1, decodeMs) : null,
      speedSamples: this.#slices.samples(),
    };
  }
}

/** Rounds to five significant digits: for a slow model, two decimals would be a tenth of its speed. */
function perSecond(tokens: number, ms: number): number | null {
  return tokens > 0 && ms > 0 ? Number(((tokens * 1000) / ms).toPrecision(5)) : null;
}
