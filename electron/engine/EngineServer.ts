import type { Llama } from "node-llama-cpp";
import { toProblem, WorkbenchError } from "../contract/errors.ts";
import type { EngineCommand, EngineReport } from "../contract/engineProtocol.ts";
import { generateReply } from "./generate/generateReply.ts";
import { greedyTokens } from "./measure/greedyTokens.ts";
import type { LlamaLog } from "./LlamaLog.ts";
import { type LoadedModel, preparePrompt } from "./LoadedModel.ts";
import { loadModel } from "./loadModel.ts";
import { measureSpeed } from "./measure/measureSpeed.ts";
import { readAhead } from "./read/readAhead.ts";
import { restoreState } from "./read/restoreState.ts";
import { saveState } from "./read/saveState.ts";

type Request = Extract<EngineCommand, { type: "request" }>;
type Report = EngineReport extends infer R ? R : never;
const cancelled = Symbol("cancelled");

interface Task {
  request: Request;
  arrivedAt: number;
  abort: AbortController;
  skipThought: AbortController;
}

/**
 * Handles the workbench's requests. They use the one loaded model and run one after another in order of arrival. A
 * cancelled request that has not started is answered at once.
 */
export class EngineServer {
  readonly #llama: Llama;
  readonly #log: LlamaLog;
  readonly #send: (report: Report) => void;
  readonly #tasks = new Map<number, Task>();
  /** Requests that have not started. */
  readonly #waiting = new Set<Task>();
  #queue: Promise<void> = Promise.resolve();
  #loaded: LoadedModel | null = null;
  #isClosing = false;

  constructor(llama: Llama, log: LlamaLog, send: (report: Report) => void) {
    this.#llama = llama;
    this.#log = log;
    this.#send = send;
  }

  handle(command: Exclude<EngineCommand, { type: "shutdown" }>): void {
    if (this.#isClosing) return;
    if (command.type === "cancel") {
      this.#tasks.get(command.id)?.abort.abort();
      return;
    }
    if (command.type === "skipThought") {
      this.#tasks.get(command.id)?.skipThought.abort();
      return;
    }
    const task = {
      request: command,
      arrivedAt: performance.now(),
      abort: new AbortController(),
      skipThought: new AbortController(),
    };
    this.#tasks.set(command.id, task);
    // A cancelled request must not wait for the one before it only to be reported as cancelled.
    task.abort.signal.addEventListener("abort", () => {
      if (this.#waiting.delete(task)) this.#finish(task, { type: "cancelled", id: command.id });
    });
    this.#waiting.add(task);
    this.#queue = this.#queue.then(async () => {
      if (this.#waiting.delete(task)) await this.#run(task);
    });
  }

  /** Stops what is running and frees the model. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const task of this.#tasks.values()) task.abort.abort();
    await this.#queue;
    await this.#unload();
  }

  async #run(task: Task): Promise<void> {
    const { id } = task.request;
    try {
      const value = await this.#perform(task);
      this.#finish(task, value === cancelled ? { type: "cancelled", id } : { type: "result", id, value });
    } catch (error) {
      this.#finish(task, { type: "failed", id, problem: toProblem(error) });
    }
  }

  #finish(task: Task, report: Report): void {
    if (this.#tasks.delete(task.request.id)) this.#send(report);
  }

  async #perform({ request, arrivedAt, abort, skipThought }: Task) {
    const { id } = request;
    const { signal } = abort;
    const onEvent = (event: Extract<Report, { type: "event" }>["event"]): void =>
      this.#send({ type: "event", id, event });
    switch (request.operation) {
      case "load": {
        await this.#unload();
        const outcome = await loadModel(this.#llama, request.params, this.#log, signal, onEvent);
        if (outcome === null) return cancelled;
        this.#loaded = outcome.loaded;
        return outcome.facts;
      }
      case "unload":
        await this.#unload();
        return null;
      case "prompt": {
        const { text, tokens } = await preparePrompt(this.#model(), request.params);
        return { text, tokens };
      }
      case "generate": {
        const { params } = request;
        const task = { params, arrivedAt, signal, skipThought: skipThought.signal, onEvent };
        return await this.#evaluating((loaded) => generateReply(loaded, task));
      }
      case "readAhead": {
        const { params } = request;
        return await this.#evaluating((loaded) => readAhead(loaded, params, signal));
      }
      case "saveState": {
        const { path } = request.params;
        return await this.#evaluating((loaded) => saveState(loaded, path, signal));
      }
      case "restoreState": {
        const { params } = request;
        return await this.#evaluating((loaded) => restoreState(loaded, params, signal));
      }
      case "measure": {
        const { params } = request;
        return await this.#evaluating((loaded) =>
          this.#withThreads(params.threads, () => measureSpeed(loaded, { params, signal, onEvent })),
        );
      }
      case "greedy": {
        const { params } = request;
        const drawn = await this.#evaluating((loaded) =>
          this.#withThreads(params.threads, () => greedyTokens(loaded, params, signal)),
        );
        return drawn ?? cancelled;
      }
    }
  }

  /** A context requests its threads again for each batch, so it need not be recreated to change their number. */
  async #withThreads<Result>(threads: number | undefined, work: () => Promise<Result>): Promise<Result> {
    const before = this.#llama.maxThreads;
    this.#llama.maxThreads = threads ?? before;
    try {
      return await work();
    } finally {
      this.#llama.maxThreads = before;
    }
  }

  async #evaluating<Result>(work: (loaded: LoadedModel) => Promise<Result>): Promise<Result> {
    const loaded = this.#model();
    try {
      return await work(loaded);
    } catch (error) {
      if (error instanceof WorkbenchError) throw error;
      // After a native failure the state of the sequence is unknown, so the next reply reads everything again.
      await loaded.sequence.clearHistory();
      const said = error instanceof Error ? error.message : String(error);
      throw new WorkbenchError("internal", undefined, `${said}\n${this.#log.text()}`.slice(0, 4000));
    }
  }

  #model(): LoadedModel {
    if (this.#loaded === null) throw new WorkbenchError("model-not-found", { case: "notLoaded" });
    return this.#loaded;
  }

  async #unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = null;
    try {
      await loaded?.context.dispose();
    } finally {
      await loaded?.model.dispose();
    }
  }
}
