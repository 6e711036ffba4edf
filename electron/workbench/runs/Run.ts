import type { Message, ReplyStats, StopReason } from "../../contract/chats.ts";
import type { LiveReply, RunFrame, RunStage } from "../../contract/runs.ts";
import { statsSoFar } from "../engine/statsSoFar.ts";

export type RunListener = (frame: RunFrame) => void;

/** One reply being written, and those who watch it. Its id is its message's id. */
export class Run {
  readonly stopping = new AbortController();
  readonly #listeners = new Set<RunListener>();
  #message: Message;
  #stage: RunStage = { stage: "queued" };
  #live: LiveReply = {
    thoughtTokens: 0,
    answerTokens: 0,
    thoughtMs: 0,
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
    this.#message = reply;
  }

  get id(): string {
    return this.#message.id;
  }

  get chatId(): string {
    return this.#message.chatId;
  }

  /** The reply as far as it is written. */
  get message(): Message {
    return this.#message;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends the snapshot at once, then what changes. Answers a function that lets go; the run goes on. */
  attach(listener: RunListener): () => void {
    listener({ kind: "snapshot", runId: this.id, message: this.#message, stage: this.#stage, live: this.#live });
    if (this.#ended) listener({ kind: "ended", message: this.#message });
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  setModel(model: Message["model"]): void {
    const isKnown = this.#message.model?.id === model?.id;
    this.#message = { ...this.#message, model };
    if (!isKnown) this.#tell({ kind: "model", model });
  }

  enter(stage: RunStage): void {
    if (this.#ended) return;
    this.#stage = stage;
    this.#tell({ kind: "stage", stage });
  }

  add(part: "thought" | "answer", text: string): void {
    if (this.#ended) return;
    const { text: answer, thought } = this.#message;
    this.#message =
      part === "thought"
        ? { ...this.#message, thought: (thought ?? "") + text }
        : { ...this.#message, text: answer + text };
    this.#tell({ kind: "delta", part, text });
  }

  measure(live: LiveReply): void {
    if (this.#ended) return;
    this.#live = live;
    this.#tell({ kind: "live", live });
  }

  /** Settles the run once; later calls do nothing. Answers whether this call did it. */
  end({ state, stats, problem }: Pick<Message, "state" | "stats" | "problem">): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#message = { ...this.#message, state, stats, problem };
    return true;
  }

  /** Tells the listeners of the end and lets them go. */
  announceEnd(message: Message): void {
    this.#tell({ kind: "ended", message });
    this.#listeners.clear();
  }

  /** The last live figures as those of a reply that ended early; null before the first token. */
  statsSoFar(stopReason: StopReason): ReplyStats | null {
    return statsSoFar(this.#live, stopReason);
  }

  #tell(frame: RunFrame): void {
    for (const listener of this.#listeners) {
      try {
        listener(frame);
      } catch {
        // A listener that fails (a window that just closed) must not take the reply down.
        this.#listeners.delete(listener);
      }
    }
  }
}
