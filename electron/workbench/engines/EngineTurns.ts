import { WorkbenchError } from "../../contract/errors.ts";
import { abortable } from "../abortable.ts";

/** What an engine is used for. */
export type EnginePurpose = "reply" | "benchmark" | "tuning" | "api" | "background";

/**
 * Work that a user waits for comes first, in the order of the requests, then an API's requests, then background work.
 */
const ranks: Record<EnginePurpose, number> = { reply: 0, benchmark: 0, tuning: 0, api: 1, background: 2 };

/** Background work that has not ended this long after its signal aborted loses its turn anyway. */
const giveWayMs = 500;

interface Turn {
  rank: number;
  begin: () => void;
  /** Aborts when background work must give way. */
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
   * Runs `work` when its turn comes. Its signal aborts with `signal`, and for background work also when something else
   * waits. The other task waits for at most half a second, and the background work rejects with `engine-busy`. A wait
   * that is aborted rejects with the signal's reason without starting `work`.
   */
  async take<Result>(
    purpose: EnginePurpose,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const turn: Turn = { rank: ranks[purpose], begin: () => undefined, yielding: new AbortController() };
    const begun = new Promise<void>((resolve) => {
      turn.begin = resolve;
    });
    const own = purpose === "background" ? AbortSignal.any([signal, turn.yielding.signal]) : signal;
    this.#enter(turn);
    const gaveWay = turn.yielding.signal;
    try {
      await abortable(begun, own);
      own.throwIfAborted();
      const result = await work(own);
      gaveWay.throwIfAborted();
      return result;
    } catch (error) {
      throw gaveWay.aborted ? gaveWay.reason : error;
    } finally {
      this.#leave(turn);
    }
  }

  /** Makes background work give way to something that takes no turn, such as a load that the user requested. */
  giveWay(): void {
    const turn = this.#current;
    if (turn === null || turn.rank < ranks.background || turn.yielding.signal.aborted) return;
    turn.yielding.abort(new WorkbenchError("engine-busy"));
    setTimeout(() => this.#leave(turn), giveWayMs);
  }

  #enter(turn: Turn): void {
    const before = this.#waiting.findIndex(({ rank }) => rank > turn.rank);
    this.#waiting.splice(before === -1 ? this.#waiting.length : before, 0, turn);
    if (turn.rank < ranks.background) this.giveWay();
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
