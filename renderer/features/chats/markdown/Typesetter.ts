import { silenceCostMs, silenceLimitMs } from "./answerLimits.ts";
import type { HighlightedLine, TypesetBlock, WorkerAnswer, WorkerRequest } from "./answerTree.ts";
import { checkTree } from "./checkTree.ts";
import { SilenceWatch, type SilenceWatchOptions } from "./SilenceWatch.ts";

/** A finished block; `plain`: it must be shown as plain text. */
export type Typeset = TypesetBlock | "plain";

export interface BlocksJob {
  sources: readonly string[];
  /** Whether the job comes before others, because the user is watching this block grow. */
  isUrgent?: boolean;
  /** Called once for each source, in order. */
  onBlock: (index: number, typeset: Typeset, workMs: number) => void;
}

export interface TypesetterOptions {
  createWorker: () => Worker;
  /** A worker that is silent for longer is terminated. */
  silenceLimitMs?: number;
  /** If omitted, the limit applies to elapsed time. */
  processorMs?: SilenceWatchOptions["processorMs"];
}

interface BlocksTask extends BlocksJob {
  kind: "blocks";
  /** The number of sources with a response. */
  done: number;
}

interface CodeTask {
  kind: "code";
  code: string;
  language: string;
  done: (lines: HighlightedLine[] | null) => void;
}

type Task = BlocksTask | CodeTask;

/** How many texts are remembered because their worker was terminated. */
const maxRemembered = 50;
/** After this many failed starts in a row, no more workers are started. */
const maxFailedStarts = 3;

/**
 * Parses and typesets answers in a worker, one job at a time. If a job exceeds the limit or breaks its worker, the
 * worker is terminated, and the source it was working on is shown as plain text from then on. A second worker is kept
 * ready, so that the next job does not wait.
 */
export class Typesetter {
  readonly #createWorker: () => Worker;
  readonly #silence: SilenceWatch;
  readonly #waiting: Task[] = [];
  readonly #deadly = new Set<string>();
  #worker: Worker | null = null;
  #spare: Worker | null = null;
  #task: Task | null = null;
  #id = 0;
  /** The number of workers in a row that ended without responding. */
  #failedStarts = 0;
  /** The number of sources in the worker's current request. */
  #sent = 0;

  constructor({ createWorker, processorMs, silenceLimitMs: limitMs = silenceLimitMs }: TypesetterOptions) {
    this.#createWorker = createWorker;
    this.#silence = new SilenceWatch({ limitMs, processorMs, onSilent: () => this.#giveUp() });
  }

  /** Starts the workers in advance. Further calls do nothing. */
  warmUp(): void {
    this.#worker ??= this.#start();
    this.#spare ??= this.#createWorker();
  }

  /** Returns a function that cancels the job. After that, `onBlock` is not called. */
  typeset(job: BlocksJob): () => void {
    const task: BlocksTask = { ...job, kind: "blocks", done: 0 };
    this.#add(task, job.isUrgent === true);
    return () => {
      task.onBlock = () => undefined;
      const at = this.#waiting.indexOf(task);
      if (at !== -1) this.#waiting.splice(at, 1);
    };
  }

  /** Resolves with the highlighted lines, or with null if the code stays plain. */
  highlight(code: string, language: string): Promise<HighlightedLine[] | null> {
    return new Promise((done) => {
      this.#add({ kind: "code", code, language, done }, false);
    });
  }

  #add(task: Task, isUrgent: boolean): void {
    if (isUrgent) this.#waiting.unshift(task);
    else this.#waiting.push(task);
    this.#next();
  }

  #next(): void {
    while (this.#task === null) {
      const task = this.#waiting.shift();
      if (!task) return;
      this.#skipDeadly(task);
      if (task.kind === "code" && this.#isHopeless(task.code)) task.done(null);
      else if (task.kind === "code" || task.done < task.sources.length) this.#send(task);
    }
  }

  #skipDeadly(task: Task): void {
    while (task.kind === "blocks" && task.done < task.sources.length && this.#isHopeless(task.sources[task.done])) {
      this.#answer(task, "plain", 0);
    }
  }

  #isHopeless(text: string | undefined): boolean {
    return this.#failedStarts >= maxFailedStarts || (text !== undefined && this.#deadly.has(text));
  }

  #send(task: Task): void {
    this.#task = task;
    this.#id++;
    this.#worker ??= this.#start();
    let request: WorkerRequest;
    if (task.kind === "code") request = { kind: "code", id: this.#id, code: task.code, language: task.language };
    else {
      let end = task.sources.length;
      for (let at = task.done + 1; at < end; at++) if (this.#deadly.has(task.sources[at] ?? "")) end = at;
      request = { kind: "blocks", id: this.#id, sources: task.sources.slice(task.done, end) };
    }
    this.#sent = request.kind === "blocks" ? request.sources.length : 1;
    this.#worker.postMessage(request);
    this.#silence.start();
  }

  #receive(answer: WorkerAnswer): void {
    const task = this.#task;
    if (!task || answer.id !== this.#id) return;
    this.#failedStarts = 0;
    this.#sent--;
    if (task.kind === "code" && answer.kind === "code") task.done(checkLines(answer.lines));
    else if (task.kind === "blocks" && answer.kind === "block") {
      const { block } = answer;
      this.#answer(task, block && checkTree(block.root) ? block : "plain", block?.workMs ?? 0);
    }
    if (this.#sent > 0) {
      this.#silence.start();
      return;
    }
    this.#finish(task);
  }

  #answer(task: BlocksTask, typeset: Typeset, workMs: number): void {
    const index = task.done++;
    task.onBlock(index, typeset, workMs);
  }

  /** Called when the worker is free: continues a job that has sources left before starting others. */
  #finish(task: Task): void {
    this.#silence.stop();
    this.#task = null;
    if (task.kind === "blocks" && task.done < task.sources.length) this.#waiting.unshift(task);
    this.#next();
  }

  #giveUp(): void {
    this.#worker?.terminate();
    this.#worker = this.#spare ? this.#listen(this.#spare) : null;
    this.#spare = null;
    const task = this.#task;
    if (!task) return;
    this.#warmSpare();
    if (task.kind === "code") {
      this.#remember(task.code);
      task.done(null);
    } else {
      // The worker responds after each block, so the first block without a response is the cause.
      this.#remember(task.sources[task.done] ?? "");
      this.#answer(task, "plain", silenceCostMs);
    }
    this.#finish(task);
  }

  #warmSpare(): void {
    setTimeout(() => {
      this.#spare ??= this.#createWorker();
    }, 0);
  }

  #remember(text: string): void {
    this.#deadly.add(text);
    const [oldest] = this.#deadly;
    if (this.#deadly.size > maxRemembered && oldest !== undefined) this.#deadly.delete(oldest);
  }

  #start(): Worker {
    return this.#listen(this.#createWorker());
  }

  #listen(worker: Worker): Worker {
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      if (worker === this.#worker) this.#receive(data);
    });
    // The worker ran out of stack or memory.
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      this.#failedStarts++;
      this.#giveUp();
    });
    return worker;
  }
}

const codeColor = /^var\(--code-[a-z-]+\)$/;

function checkLines(lines: unknown): HighlightedLine[] | null {
  if (!Array.isArray(lines)) return null;
  const isFit = (lines as unknown[]).every(
    (line) =>
      Array.isArray(line) &&
      (line as Partial<HighlightedLine[number]>[]).every(
        ({ text, color }) => typeof text === "string" && (color === undefined || codeColor.test(color)),
      ),
  );
  return isFit ? (lines as HighlightedLine[]) : null;
}
