import { isDeepStrictEqual } from "node:util";
import type { Message, ReplyModel, ReplyStats, StopReason } from "../../contract/chats.ts";
import type { LiveReply, RunFrame, RunStage } from "../../contract/runs.ts";
import { statsSoFar } from "../engine/statsSoFar.ts";
import { joinFigures } from "./joinFigures.ts";

export type RunListener = (frame: RunFrame) => void;

/** One reply that is being written, and its subscribers. Its id is the id of its message. */
export class Run {
  readonly stopping = new AbortController();
  readonly skipping = new AbortController();
  readonly #listeners = new Set<RunListener>();
  /** The figures of the reply that is continued; null for a new one. */
  #before: ReplyStats | null;
  #message: Message;
  #stage: RunStage = { stage: "queued" };
  #live: LiveReply = {
    thoughtTokens: 0,
    answerTokens: 0,
    thoughtMs: 0,
    thoughtCut: null,
    isRepeating: false,
    tokensPerSecond: null,
    tokensPerSecondNow: null,
    prefillTokensPerSecond: null,
    speedSamples: [],
    promptTokens: 0,
    cachedTokens: 0,
    ttftMs: null,
    elapsedMs: 0,
    memory: null,
  };
  #ended = false;

  constructor(reply: Message) {
    this.#before = reply.state === "streaming" ? reply.stats : null;
    this.#message = reply;
    if (this.#before !== null) this.#live = joinFigures(this.#before, this.#live);
  }

  get id(): string {
    return this.#message.id;
  }

  get chatId(): string {
    return this.#message.chatId;
  }

  /** The reply written so far. */
  get message(): Message {
    return this.#message;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Subscribes a listener: sends the snapshot at once, then changes. Returns a function that unsubscribes; the run
   * continues.
   */
  attach(listener: RunListener): () => void {
    listener({ kind: "snapshot", runId: this.id, message: this.#message, stage: this.#stage, live: this.#live });
    if (this.#ended) listener({ kind: "ended", message: this.#message });
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  setModel(answering: Omit<ReplyModel, "edited" | "asked">): void {
    const { model: before } = this.#message;
    const server = this.#placeOf(answering);
    const isKnown = before?.id === answering.id && isDeepStrictEqual(before.server, server);
    const { edited, asked } = before ?? {};
    const model = { ...answering, ...(server && { server }), ...(edited && { edited }), ...(asked && { asked }) };
    this.#message = { ...this.#message, model };
    if (!isKnown) this.#emit({ kind: "model", model });
  }

  enter(stage: RunStage): void {
    if (this.#ended) return;
    this.#stage = stage;
    this.#emit({ kind: "stage", stage });
  }

  add(part: "thought" | "answer", text: string): void {
    if (this.#ended) return;
    const { text: answer, thought } = this.#message;
    this.#message =
      part === "thought"
        ? { ...this.#message, thought: (thought ?? "") + text }
        : { ...this.#message, text: answer + text };
    this.#emit({ kind: "delta", part, text });
  }

  measure(live: LiveReply): void {
    if (this.#ended) return;
    this.#live = joinFigures(this.#before, live);
    this.#emit({ kind: "live", live: this.#live });
  }

  /** Goes on with the same reply in a new request to the model. `stats` are the figures of the reply so far. */
  goOn(stats: ReplyStats | null): void {
    this.#before = stats;
  }

  /** Returns the figures of the whole reply, given those of this run. */
  wholeStats(stats: ReplyStats): ReplyStats {
    return joinFigures(this.#before, stats);
  }

  /** Ends the run once. Later calls do nothing. Returns whether this call ended it. */
  end({ state, stats, problem }: Pick<Message, "state" | "stats" | "problem">): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#message = { ...this.#message, state, stats, problem };
    return true;
  }

  /** Emits the end to the listeners and unsubscribes them. */
  announceEnd(message: Message): void {
    this.#emit({ kind: "ended", message });
    this.#listeners.clear();
  }

  /** Returns the last live figures as those of a reply that ended early, or null before the first token. */
  statsSoFar(stopReason: StopReason): ReplyStats | null {
    return statsSoFar(this.#live, stopReason);
  }

  /** Returns where the reply was written: of one that is continued elsewhere, the place that left this machine. */
  #placeOf({ server }: Pick<ReplyModel, "server">): ReplyModel["server"] {
    const { model, text, thought } = this.#message;
    const isBegun = text !== "" || (thought ?? "") !== "";
    return isBegun && server?.isThisMachine !== false ? (model?.server ?? server) : server;
  }

  #emit(frame: RunFrame): void {
    for (const listener of this.#listeners) {
      try {
        listener(frame);
      } catch {
        // A listener that fails (a window that was just closed) must not end the reply.
        this.#listeners.delete(listener);
      }
    }
  }
}
