import { errorTexts, type Problem } from "../contract/errors.ts";
import { FaultLog } from "../workbench/faults/FaultLog.ts";
import { homeFolder } from "../workbench/homeFolder.ts";
import { terminalJson, terminalText } from "./terminalText.ts";

/** The two streams of a command: what was asked for on stdout, everything else on stderr. */
export class Terminal {
  readonly json: boolean;
  readonly #faults = new FaultLog(homeFolder());
  /** True once the reader of stdout has gone. */
  #readerGone = false;

  constructor(json: boolean) {
    this.json = json;
    for (const stream of [process.stdout, process.stderr]) {
      stream.on("error", (error: NodeJS.ErrnoException) => {
        // `r1 … | head` is no failure; other errors of a closing terminal help nobody either.
        if (error.code === "EPIPE") this.#readerGone = true;
      });
    }
  }

  get isInteractive(): boolean {
    return process.stdin.isTTY && process.stdout.isTTY && !this.json;
  }

  /** Text from a model or a file; control characters are shown, not obeyed. */
  write(text: string): void {
    this.#put(process.stdout, terminalText(text));
  }

  document(value: unknown): void {
    this.#put(process.stdout, `${terminalJson(value)}\n`);
  }

  /** Beside the result: thoughts, figures, progress. Dimmed where colours are shown. */
  aside(text: string): void {
    const plain = terminalText(text);
    this.#put(process.stderr, process.stderr.isTTY && process.env["NO_COLOR"] === undefined ? dim(plain) : plain);
  }

  /** Progress in place; only where a person watches. */
  progress(text: string): void {
    if (process.stderr.isTTY) this.#put(process.stderr, `\r\x1B[K${terminalText(text)}`);
  }

  /** Says what went wrong and what to do; a stack goes to the log. */
  fail(problem: Problem): void {
    const { code, message } = this.#faults.shown(problem);
    if (this.json) {
      this.document({ error: { code, message } });
      return;
    }
    const next = errorTexts[code].next;
    this.#put(process.stderr, terminalText(`r1: ${message}${message.includes(next) ? "" : ` ${next}`}\n`));
  }

  #put(stream: NodeJS.WriteStream, text: string): void {
    if (!this.#readerGone && text !== "") stream.write(text);
  }
}

function dim(text: string): string {
  return `\x1B[2m${text}\x1B[22m`;
}
