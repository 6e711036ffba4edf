import type { ThoughtLimit } from "../../contract/engineProtocol.ts";
import type { ThoughtCut } from "../../contract/chats.ts";

interface Options {
  limit: ThoughtLimit | null;
  /** Aborting ends the thought. */
  skip: AbortSignal | undefined;
  /** Asks the server to end the thought of the reply with this id. */
  ask: (id: string) => Promise<unknown>;
  onCut: (why: ThoughtCut) => void;
}

/** Ends the thought of a reply on request or after its time, on a server that can. */
export class ThoughtEnding {
  /** The server's id of the reply. */
  id: string | null = null;
  readonly #options: Options;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #skip = (): void => void this.#end("skipped");

  constructor(options: Options) {
    this.#options = options;
    options.skip?.addEventListener("abort", this.#skip);
  }

  wrote(part: "thought" | "answer"): void {
    if (part === "answer") return this.close();
    const { limit, skip } = this.#options;
    const ms = limit?.ms ?? null;
    if (ms !== null) this.#timer ??= setTimeout(() => void this.#end("time"), ms);
    if (skip?.aborted === true) this.#skip();
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.skip?.removeEventListener("abort", this.#skip);
  }

  async #end(why: ThoughtCut): Promise<void> {
    if (this.#isOver || this.id === null) return;
    this.close();
    // If the server refuses, the thought goes on, which everyone sees.
    await this.#options.ask(this.id).then(
      () => this.#options.onCut(why),
      () => undefined,
    );
  }
}
