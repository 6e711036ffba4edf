import { type Problem, toError, toProblem } from "../../contract/errors.ts";

/** The parameter object of a call by its name, or an empty object if it takes nothing. */
export type ParamsOf<Calls, Name extends keyof Calls> = Calls[Name] extends () => unknown
  ? Record<string, never>
  : Calls[Name] extends (params: infer Params) => unknown
    ? Params
    : never;
export type ResultOf<Calls, Name extends keyof Calls> = Calls[Name] extends (...params: never[]) => infer Result
  ? Result
  : never;

/** A function for each call. The caller gets what it throws as a `WorkbenchError`. */
export type Answers<Calls> = {
  [Name in keyof Calls]: (params: ParamsOf<Calls, Name>) => ResultOf<Calls, Name> | Promise<ResultOf<Calls, Name>>;
};

/** A worker, or a worker's parent port. */
interface Port {
  postMessage(message: Message): void;
  on(event: "message", listener: (message: Message) => void): unknown;
}

type Message =
  /** If the id is null, nothing waits for the result. */
  | { type: "call"; id: number | null; name: string; params: unknown }
  | { type: "result"; id: number; value: unknown }
  | { type: "failed"; id: number; problem: Problem };

interface Pending {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/**
 * One end of a port between two threads that call each other by name. Results of synchronous functions arrive in order.
 */
export class PortCalls<Theirs, Ours> {
  readonly #port: Port;
  readonly #answers: Answers<Ours>;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  constructor(port: Port, answers: Answers<Ours>) {
    this.#port = port;
    this.#answers = answers;
    port.on("message", (message) => void this.#receive(message));
  }

  /** Resolves with the result. Rejects with the WorkbenchError that the other end failed with. */
  call<Name extends keyof Theirs & string>(
    name: Name,
    params: ParamsOf<Theirs, Name>,
  ): Promise<ResultOf<Theirs, Name>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#port.postMessage({ type: "call", id, name, params });
    });
  }

  /** Calls without waiting for a result. */
  send<Name extends keyof Theirs & string>(name: Name, params: ParamsOf<Theirs, Name>): void {
    this.#port.postMessage({ type: "call", id: null, name, params });
  }

  /** Rejects the calls that wait for a result, because the other end has exited. */
  fail(error: Error): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }

  async #receive(message: Message): Promise<void> {
    if (message.type === "call") {
      const { id, params } = message;
      const name = message.name as keyof Ours;
      try {
        const value = await this.#answers[name](params as never);
        if (id !== null) this.#port.postMessage({ type: "result", id, value });
      } catch (error) {
        if (id === null) throw error;
        this.#port.postMessage({ type: "failed", id, problem: toProblem(error) });
      }
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === "result") pending?.resolve(message.value as never);
    else pending?.reject(toError(message.problem));
  }
}
