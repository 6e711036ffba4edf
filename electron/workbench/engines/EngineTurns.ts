import { WorkbenchError } from "../../contract/errors.ts";
import { abortable } from "../abortable.ts";

/** What an engine is used for. */
export type EnginePurpose = "reply" | "benchmark" | "tuning" | "api" | "background";

/** Call when work can no longer be interrupted: it then gives way to nothing. Returns false if it has lost its turn. */
export type KeepTurn = () => boolean;

/**
 * Work that a user waits for comes first, in the order of the requests, then an API's requests, then background work.
 */
const ranks: Record<EnginePurpose, number> = {
  reply: 0,
  benchmark: 0,
  tuning: 0,
  api: 1,
  background: 2,
};

/** Work that stops when something with a lower rank waits, and is done later. */
const givingWay: ReadonlySet<EnginePurpose> = new Set(["api", "background"]);

/** Work that has not ended this long after it was told to give way loses its turn anyway. */
const giveWayMs = 500;

interface Turn {
  rank: number;
  givesWay: boolean;
  begin: () => void;
  /** Aborts when it must give way. */
  yielding: AbortController;
}

/** Assigns the engine to one task at a time. */
export class EngineTurns {
  readonly #waiting: Turn[] = [];
  #current: Turn | null = null;

  /** Whether anything other than background work has its turn or waits for it. */
  get isTaken(): boolean {
    return [this.#current, ...this.#waiting].some((turn) => turn !== null && turn.rank < ranks.background);
  }

  /**
   * Runs `work` when its turn comes. Its signal aborts with `signal`. That of background work and of an API's request
   * also aborts when something of a lower rank waits; then the turn is lost within half a second, and this rejects with
   * `engine-busy`. If `endPrograms` ended it, this rejects with the reason that was given there.
   * A wait that is aborted rejects with the signal's reason without starting `work`.
   */
  async take<Result>(
    purpose: EnginePurpose,
    signal: AbortSignal,
    work: (signal: AbortSignal, keep: KeepTurn) => Promise<Result>,
  ): Promise<Result> {
    const turn: Turn = {
      rank: ranks[purpose],
      givesWay: givingWay.has(purpose),
      begin: () => undefined,
      yielding: new AbortController(),
    };
    const begun = new Promise<void>((resolve) => {
      turn.begin = resolve;
    });
    const own = AbortSignal.any([signal, turn.yielding.signal]);
    this.#enter(turn);
    const gaveWay = turn.yielding.signal;
    try {
      await abortable(begun, own);
      own.throwIfAborted();
      const result = await work(own, () => {
        turn.givesWay = false;
        return !gaveWay.aborted;
      });
      gaveWay.throwIfAborted();
      return result;
    } catch (error) {
      throw gaveWay.aborted ? gaveWay.reason : error;
    } finally {
      this.#leave(turn);
    }
  }

  /** Makes all that can give way do so for something that takes no turn, such as a load that the user requested. */
  giveWay(): void {
    this.#giveWayTo(ranks.reply);
  }

  /** Ends what programs asked for, whether it has begun or still waits. It rejects with this reason. */
  endPrograms(reason: WorkbenchError): void {
    for (const turn of [this.#current, ...this.#waiting]) if (turn?.rank === ranks.api) this.#end(turn, reason);
  }

  #giveWayTo(rank: number): void {
    const turn = this.#current;
    if (turn !== null && turn.givesWay && turn.rank > rank) this.#end(turn, new WorkbenchError("engine-busy"));
  }

  #end(turn: Turn, reason: WorkbenchError): void {
    if (turn.yielding.signal.aborted) return;
    turn.yielding.abort(reason);
    setTimeout(() => this.#leave(turn), giveWayMs);
  }

  #enter(turn: Turn): void {
    const before = this.#waiting.findIndex(({ rank }) => rank > turn.rank);
    this.#waiting.splice(before === -1 ? this.#waiting.length : before, 0, turn);
    this.#giveWayTo(turn.rank);
    this.#beginNext();
  }

  #leave(turn: Turn): void {
    const at = this.#waiting.indexOf(turn);
    if (at !== -1) this.#waiting.splice(at, 1);
    if (this.#current === turn) this.#current = null;
    this.#beginNext();
  }

  #beginNext(): void {
    if (this.#current !== null) return;
    this.#current = this.#waiting.shift() ?? null;
    this.#current?.begin();
  }
}
