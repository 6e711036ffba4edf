import { setTimeout as wait } from "node:timers/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import { abortable } from "../abortable.ts";
import { HubFailure } from "../hub/HubFailure.ts";
import { mostConnections } from "../network/Connections.ts";
import { withinMs } from "../withinMs.ts";
import { blockBytes } from "./BlockMap.ts";
import { fetchSpan, type Source, SourceChanged } from "./Connection.ts";
import type { PartFile } from "./PartFile.ts";
import type { RateLimit } from "./RateLimit.ts";
import { RequestLength } from "./RequestLength.ts";
import { type Span, SpanPlan } from "./SpanPlan.ts";
import { wholeHash } from "./WholeHash.ts";
import type { DownloadWaits } from "./downloadWaits.ts";

export interface Waiting {
  attempt: number;
  /** Milliseconds since 1970. */
  retryAt: number;
  failure: HubFailure;
}

export interface FileTransferOptions {
  source: Source;
  part: PartFile;
  limit: RateLimit;
  signal: AbortSignal;
  /** Called with the number of new valid bytes, negative if bytes turned out to be corrupt. */
  onReceived: (change: number) => void;
  /** Called when no connection will receive data until then, or with null when one receives data again. */
  onWaiting: (waiting: Waiting | null) => void;
  /** Called once all bytes have been received, with the number of bytes hashed so far. */
  onVerifying: (hashedBytes: number) => void;
  waits: DownloadWaits;
}

const maxFailures = 6;
const longestRetryMs = 60_000;
const lookAgainMs = 500;

/**
 * Fetches one file over up to four connections, each retried six times while it receives nothing, and hashes the file
 * while it arrives. Resolves with the SHA-256 of the file's contents. Rejects with a `HubFailure`, the file system's
 * error, or the signal's reason. What was received is kept in each case.
 */
export class FileTransfer {
  readonly #options: FileTransferOptions;
  readonly #plan: SpanPlan;
  readonly #length = new RequestLength();
  readonly #waiting = new Map<number, Waiting>();
  readonly #pauses = new Set<AbortController>();
  #active = 0;
  #hashed = 0;

  constructor(options: FileTransferOptions) {
    this.#options = options;
    this.#plan = new SpanPlan(options.part.map);
  }

  /** Makes waiting connections retry now, for example after the machine slept. */
  wake(): void {
    for (const pause of this.#pauses) pause.abort();
  }

  async run(): Promise<string> {
    const { part, signal } = this.#options;
    const failing = new AbortController();
    const either = AbortSignal.any([signal, failing.signal]);
    this.#hashed = 0;
    const guarded = async <Value>(work: Promise<Value>): Promise<Value> => {
      try {
        return await work;
      } catch (error) {
        failing.abort(error);
        throw error;
      }
    };
    const hash = guarded(
      wholeHash({
        part,
        plan: this.#plan,
        signal: either,
        onBad: (change) => this.#options.onReceived(change),
        onHashed: (bytes) => {
          this.#hashed += bytes;
          if (part.map.isComplete) this.#options.onVerifying(this.#hashed);
        },
      }),
    );
    const hashed = new AbortController();
    const done = hash.finally(() => {
      hashed.abort();
      // A connection that waits for a span or a retry must not delay the end once everything has been received.
      this.#plan.announce();
      this.wake();
    });
    const lanes = Array.from({ length: mostConnections }, (_, lane) =>
      guarded(this.#lane(lane, either, hashed.signal)),
    );
    const results = await Promise.allSettled([done, ...lanes]);
    signal.throwIfAborted();
    if (failing.signal.aborted) throw failing.signal.reason;
    const [first] = results;
    if (first?.status !== "fulfilled" || first.value === undefined) throw new WorkbenchError("internal");
    return first.value;
  }

  /** After a wrong hash, discards the blocks that the disk did not keep. Resolves with their number. */
  async forgetBadBlocks(): Promise<number> {
    const { part, signal, onReceived } = this.#options;
    const buffer = Buffer.allocUnsafe(blockBytes);
    let bad = 0;
    for (let index = 0; index < part.map.count; index++) {
      signal.throwIfAborted();
      if (await part.isAsReceived(index, buffer, true)) continue;
      onReceived(part.forget(index));
      bad++;
    }
    return bad;
  }

  /**
   * After a wrong hash although the disk kept everything, fetches one block after another again and compares. Stops
   * after the first difference, so that the caller can hash again. Resolves with the next block to check, or null at
   * the end.
   */
  async repairFrom(first: number): Promise<number | null> {
    const { part, source, limit, signal, waits, onReceived } = this.#options;
    for (let index = first; index < part.map.count; index++) {
      const { crc } = part.map.block(index);
      onReceived(part.forget(index));
      const span = { next: index, end: index + 1 };
      await this.#retried(
        0,
        () => fetchSpan(span, { source, part, plan: this.#plan, limit, signal, waits, onReceived }),
        signal,
      );
      if (part.map.block(index).crc !== crc) return index + 1;
    }
    return null;
  }

  /** Runs one connection, which fetches spans until everything is received and hashed. */
  async #lane(lane: number, signal: AbortSignal, hashed: AbortSignal): Promise<void> {
    const { source, part, limit, waits, onReceived } = this.#options;
    let isGood = false;
    let blocks = 1;
    while (!hashed.aborted) {
      signal.throwIfAborted();
      const { changed } = this.#plan;
      const span = this.#nextSpan(lane, blocks, isGood);
      if (span === null) {
        // A stalled connection announces nothing, but its tail is still worth taking over.
        await abortable(withinMs(changed, lookAgainMs), signal);
        continue;
      }
      const { next } = span;
      const fetch = async (): Promise<void> => {
        this.#plan.setWaiting(span, false);
        try {
          const pace = await fetchSpan(span, { source, part, plan: this.#plan, limit, signal, waits, onReceived });
          if (pace !== null) blocks = this.#length.blocksAfter(pace);
        } catch (error) {
          this.#plan.setWaiting(span, true);
          throw error;
        }
      };
      try {
        await this.#retried(lane, fetch, signal, () => !hashed.aborted && (source.sendsRanges || lane === 0));
        isGood = span.next > next;
      } finally {
        this.#plan.release(span);
      }
    }
  }

  /** Returns the next span. If the server does not support ranges, one connection fetches everything. */
  #nextSpan(lane: number, blocks: number, isGood: boolean): Span | null {
    const { sendsRanges } = this.#options.source;
    if (!sendsRanges && lane !== 0) return null;
    const span = sendsRanges ? this.#plan.take(blocks) : this.#plan.takeAll();
    // If the hub asked one connection to wait, others do not ask it for the same, unless it is serving them.
    return span ?? (isGood ? this.#plan.takeWaiting() : null);
  }

  /** Retries after temporary failures while `wanted`. Received bytes reset the number of attempts. */
  async #retried(
    lane: number,
    work: () => Promise<unknown>,
    signal: AbortSignal,
    wanted: () => boolean = () => true,
  ): Promise<void> {
    let failures = 0;
    let receivedBefore = this.#options.part.map.receivedBytes;
    while (wanted()) {
      this.#active++;
      try {
        await work();
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof HubFailure) || error instanceof SourceChanged || !error.transient) throw error;
        const received = this.#options.part.map.receivedBytes;
        failures = received > receivedBefore ? 1 : failures + 1;
        receivedBefore = received;
        if (failures > maxFailures) throw error;
        this.#active--;
        await this.#pause(lane, failures, error, signal);
        this.#active++;
      } finally {
        this.#active--;
      }
    }
  }

  /** Uses full jitter, so that connections that failed together do not retry together. */
  async #pause(lane: number, attempt: number, failure: HubFailure, signal: AbortSignal): Promise<void> {
    const longest = Math.min(longestRetryMs, this.#options.waits.firstRetryMs * 2 ** attempt);
    const waitMs = failure.retryAfterMs ?? longest / 4 + Math.random() * longest * 0.75;
    this.#waiting.set(lane, { attempt, retryAt: Date.now() + waitMs, failure });
    this.#emit();
    const woken = new AbortController();
    this.#pauses.add(woken);
    try {
      await wait(waitMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) });
    } catch {
      signal.throwIfAborted();
    } finally {
      this.#pauses.delete(woken);
      this.#waiting.delete(lane);
      this.#emit();
    }
  }

  #emit(): void {
    const [soonest] = [...this.#waiting.values()].toSorted((a, b) => a.retryAt - b.retryAt);
    this.#options.onWaiting(this.#active === 0 && soonest !== undefined ? soonest : null);
  }
}
