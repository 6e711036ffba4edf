import { type ErrorCode, toError, WorkbenchError } from "../../contract/errors.ts";
import type { Model } from "../../contract/models.ts";
import { lockMachine } from "./lockMachine.ts";

interface MachineJobOptions<State> {
  home: string;
  /** The state before the first job. */
  none: State;
  /** The error for a second job while one is running. */
  refusal: ErrorCode;
  onState: (state: State) => void;
}

/** Measures a model until it is done or the signal aborts, and returns its last state. Never rejects. */
type Measure<State> = (signal: AbortSignal, onState: (state: State) => void) => Promise<State>;

/** Runs benchmarks or tunings, also of servers: one at a time in this app, and only one of either kind on a home folder. */
export class MachineJob<State> {
  readonly #options: MachineJobOptions<State>;
  #state: State;
  #current: { stopping: AbortController; ended: Promise<void> } | null = null;

  constructor(options: MachineJobOptions<State>) {
    this.#options = options;
    this.#state = options.none;
  }

  get state(): State {
    return this.#state;
  }

  /**
   * Starts a job and resolves at once with its first state. Rejects with the model's problem, or with a code if
   * something else is measuring this machine.
   */
  async start<Chosen extends Model>(
    choose: () => Promise<Chosen>,
    prepare: (model: Chosen) => { queued: State; measure: Measure<State> },
  ): Promise<State> {
    const { home, refusal } = this.#options;
    if (this.#current !== null) throw new WorkbenchError(refusal);
    const stopping = new AbortController();
    let end: () => void = () => undefined;
    this.#current = { stopping, ended: new Promise((resolve) => (end = resolve)) };
    try {
      const model = await choose();
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      const lock = lockMachine(home);
      const { queued, measure } = prepare(model);
      this.#enter(queued);
      void measure(stopping.signal, (state) => this.#enter(state)).then((last) => {
        // A listener may start the next job at once.
        lock.release();
        this.#current = null;
        this.#enter(last);
        end();
      });
      return this.#state;
    } catch (error) {
      this.#current = null;
      end();
      throw error;
    }
  }

  /** Resolves once the job has ended; does nothing if there is none. */
  async stop(): Promise<State> {
    this.#current?.stopping.abort();
    await this.#current?.ended;
    return this.#state;
  }

  #enter(state: State): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
