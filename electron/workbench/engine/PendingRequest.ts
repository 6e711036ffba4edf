import type { ReplyStats } from "../../contract/chats.ts";
import type {
  EngineOperation,
  EngineRequests,
  GenerateEvent,
  MeasureResult,
  ReadAheadResult,
} from "../../contract/engineProtocol.ts";
import { type Problem, toError } from "../../contract/errors.ts";
import type { LiveReply } from "../../contract/runs.ts";
import { statsSoFar } from "./statsSoFar.ts";

export interface RequestOptions<Op extends EngineOperation> {
  onEvent?: (event: EngineRequests[Op]["event"]) => void;
  /** Aborting asks the engine to stop. The request then settles as cancelled, with its result so far. */
  signal?: AbortSignal;
  /** Aborting asks the engine to end the thought of a reply, which then goes on with its answer. */
  skipThought?: AbortSignal | undefined;
  /** Milliseconds that stopping may take before the engine is terminated. Default: the engine's usual limit. */
  cancelMs?: number;
}

/** Cancellation is an outcome, not an error. A cancelled `generate` or `measure` has its figures so far. */
export type RequestOutcome<Op extends EngineOperation> =
  | { outcome: "done"; value: EngineRequests[Op]["result"] }
  | { outcome: "cancelled"; value: EngineRequests[Op]["result"] | null };

interface PendingSetup {
  operation: EngineOperation;
  options: RequestOptions<EngineOperation>;
  cancelMs: number;
  onCancel: () => void;
  onSkipThought: () => void;
  onDisobeyed: () => void;
  onSettled: () => void;
}

/** One pending request. Settles exactly once, however many reports, exits and cancellations follow. */
export class PendingRequest {
  readonly outcome: Promise<RequestOutcome<EngineOperation>>;
  readonly #setup: PendingSetup;
  #resolve: (outcome: RequestOutcome<EngineOperation>) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #settled = false;
  #cancelTimer: NodeJS.Timeout | null = null;
  #live: LiveReply | null = null;

  constructor(setup: PendingSetup) {
    this.#setup = setup;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Starts to watch the signals. Call after the request was sent, because they may already be aborted. */
  watchSignals(): void {
    const { signal, skipThought } = this.#setup.options;
    if (signal?.aborted) this.#cancel();
    else signal?.addEventListener("abort", this.#cancel, { once: true });
    if (skipThought?.aborted) this.#setup.onSkipThought();
    else skipThought?.addEventListener("abort", this.#setup.onSkipThought, { once: true });
  }

  event(event: unknown): void {
    if (this.#settled) return;
    if (this.#setup.operation === "generate") {
      const generated = event as GenerateEvent;
      if (generated.kind === "live") this.#live = generated.live;
    }
    this.#setup.options.onEvent?.(event as EngineRequests[EngineOperation]["event"]);
  }

  result(value: unknown): void {
    const result = value as EngineRequests[EngineOperation]["result"];
    const { operation } = this.#setup;
    const stopped =
      (operation === "generate" && (value as ReplyStats).stopReason === "stopped") ||
      (operation === "readAhead" && !(value as ReadAheadResult).complete) ||
      (operation === "measure" && !(value as MeasureResult).complete);
    this.#settle(() => this.#resolve({ outcome: stopped ? "cancelled" : "done", value: result }));
  }

  cancelled(): void {
    this.#settle(() => this.#resolve({ outcome: "cancelled", value: null }));
  }

  failed(problem: Problem): void {
    this.#settle(() => this.#reject(toError(problem)));
  }

  /** Settles the request after the engine exited. A request that was being cancelled settles as cancelled. */
  died(problem: Problem): void {
    if (this.#cancelTimer === null) this.failed(problem);
    else
      this.#settle(() =>
        this.#resolve({ outcome: "cancelled", value: this.#live === null ? null : statsSoFar(this.#live, "stopped") }),
      );
  }

  readonly #cancel = (): void => {
    if (this.#settled || this.#cancelTimer !== null) return;
    this.#cancelTimer = setTimeout(this.#setup.onDisobeyed, this.#setup.cancelMs);
    this.#setup.onCancel();
  };

  #settle(settle: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    if (this.#cancelTimer !== null) clearTimeout(this.#cancelTimer);
    this.#setup.options.signal?.removeEventListener("abort", this.#cancel);
    this.#setup.options.skipThought?.removeEventListener("abort", this.#setup.onSkipThought);
    this.#setup.onSettled();
    settle();
  }
}
