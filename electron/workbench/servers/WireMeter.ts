import type { ReplyStats, StopReason, ThoughtCut } from "../../contract/chats.ts";
import type { LiveReply } from "../../contract/runs.ts";
import { round, SpeedSlices } from "../../contract/SpeedSlices.ts";
import type { ServerClock } from "../../contract/serverBenchmark.ts";
import { speedNow, speedWindowMs } from "../../contract/speedNow.ts";
import type { WireUsage } from "./readReply.ts";

export interface WireTiming {
  /** From when the server was asked for the last time. Null if nothing has arrived. */
  ttftMs: number | null;
  requests: number;
  pieces: { thought: number; answer: number };
  usage: WireUsage | null;
  server: ServerClock | null;
}

/** What arrived within less was written before, by a server that does not stream or behind something that collects. */
const leastMs = 10;

/**
 * Times one reply at this end of the connection. Until the server tells how many tokens there were, each piece of text
 * counts as one, which is what most servers send.
 */
export class WireMeter {
  readonly #now: () => number;
  readonly #askedAt: number;
  readonly #slices = new SpeedSlices();
  readonly #pieces = { thought: 0, answer: 0 };
  #arrivedAt: number;
  #firstAt: number | null = null;
  /** When the server was asked for the last time, and how often. */
  #sentAt: number;
  #sent = 0;
  #clock: ServerClock | null = null;
  #lastAt = 0;
  #thoughtFirstAt: number | null = null;
  #thoughtLastAt = 0;
  #recent: number[] = [];
  #usage: WireUsage | null = null;
  #promptTokens = 0;
  #cachedTokens = 0;
  #thoughtCut: ThoughtCut | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#askedAt = now();
    this.#arrivedAt = this.#askedAt;
    this.#sentAt = this.#askedAt;
  }

  /** Notes that the server is asked, for the first time or again. */
  asks(): void {
    this.#sentAt = this.#now();
    this.#sent++;
  }

  get hasBegun(): boolean {
    return this.#firstAt !== null;
  }

  get pieces(): number {
    return this.#pieces.thought + this.#pieces.answer;
  }

  /** Notes that the thought is ended early, and why. */
  cutThought(why: ThoughtCut): void {
    this.#thoughtCut ??= why;
  }

  reading(promptTokens: number, cachedTokens: number): void {
    this.#promptTokens = promptTokens;
    this.#cachedTokens = cachedTokens;
  }

  /** Notes that something arrived. All pieces in it came at this moment, however long it takes to read them. */
  arrived(): void {
    this.#arrivedAt = this.#now();
  }

  piece(part: "thought" | "answer"): void {
    const now = this.#arrivedAt;
    this.#firstAt ??= now;
    this.#lastAt = now;
    this.#slices.add(now - this.#firstAt);
    this.#recent.push(now);
    this.#pieces[part]++;
    if (part === "answer") return;
    this.#thoughtFirstAt ??= now;
    this.#thoughtLastAt = now;
  }

  /** What the server counted. The last of several is the whole reply's. */
  counted(usage: WireUsage): void {
    this.#usage = usage;
  }

  get usage(): WireUsage | null {
    return this.#usage;
  }

  /** What the server says that it took. */
  clocked(clock: ServerClock): void {
    this.#clock = clock;
  }

  /** Returns what a benchmark wants to know besides the figures of a reply. */
  timing(): WireTiming {
    const ttftMs = this.#firstAt === null ? null : this.#firstAt - this.#sentAt;
    const { thought, answer } = this.#pieces;
    return { ttftMs, requests: this.#sent, pieces: { thought, answer }, usage: this.#usage, server: this.#clock };
  }

  /** Returns the figures at this moment. */
  live(): LiveReply {
    const now = this.#now();
    this.#forgetOld(now);
    const nowPerSecond = speedNow(this.#recent, now);
    return {
      ...this.#soFar(),
      ttftMs: this.#firstAt === null ? null : round(this.#firstAt - this.#askedAt),
      elapsedMs: round(now - (this.#firstAt ?? now)),
      tokensPerSecondNow: nowPerSecond === null ? null : round(nowPerSecond),
      memory: null,
      isRepeating: false,
    };
  }

  /** Not with each piece: a server may send a hundred thousand of them in a second. */
  #forgetOld(now: number): void {
    const from = this.#recent.findIndex((at) => at >= now - speedWindowMs);
    const lastTwo = Math.max(0, this.#recent.length - 2);
    this.#recent = this.#recent.slice(from === -1 ? lastTwo : Math.min(from, lastTwo));
  }

  /** Returns the figures to store with the message. Without a first token, `ttftMs` is the time elapsed so far. */
  stats(stopReason: StopReason): ReplyStats {
    return { ...this.#soFar(), ttftMs: round((this.#firstAt ?? this.#now()) - this.#askedAt), stopReason };
  }

  #soFar(): Omit<ReplyStats, "stopReason" | "ttftMs"> {
    const usage = this.#usage;
    const tokens = usage?.completionTokens ?? this.pieces;
    const share = this.pieces === 0 ? 0 : this.#pieces.thought / this.pieces;
    const thoughtTokens = Math.min(tokens, usage?.thoughtTokens ?? Math.round(tokens * share));
    const ms = this.#lastAt - (this.#firstAt ?? 0);
    return {
      promptTokens: usage?.promptTokens ?? this.#promptTokens,
      cachedTokens: usage?.cachedTokens ?? this.#cachedTokens,
      thoughtTokens,
      answerTokens: tokens - thoughtTokens,
      thoughtMs: this.#thoughtFirstAt === null ? 0 : round(this.#thoughtLastAt - this.#thoughtFirstAt),
      thoughtCut: this.#thoughtCut,
      // How long the server waited before it read, nobody knows here.
      prefillTokensPerSecond: null,
      tokensPerSecond: tokens > 1 && ms >= leastMs ? Number((((tokens - 1) * 1000) / ms).toPrecision(5)) : null,
      speedSamples: this.#slices.samples(),
      wire: { clock: "app", counts: usage === null ? "pieces" : "usage" },
    };
  }
}
