import type { Problem } from "../contract/errors.ts";
import { failureText } from "../texts/failureText.ts";
import { chooseLanguage } from "../texts/languages.ts";
import { openTexts } from "../texts/texts.ts";
import { FaultLog } from "../workbench/faults/FaultLog.ts";
import { showProblems } from "../workbench/faults/showProblems.ts";
import { homeFolder } from "../workbench/home/homeFolder.ts";
import { clipped } from "./clipped.ts";
import { type Fact, labelled } from "./labelled.ts";
import { terminalFailure } from "./terminalFailure.ts";
import { terminalJson, terminalText } from "./terminalText.ts";

/** The two streams of a command: what was asked for on stdout, everything else on stderr. */
export class Terminal {
  readonly json: boolean;
  /** In the language of the terminal's locale. */
  readonly texts = openTexts(chooseLanguage([localeOf(process.env)]));
  readonly #faults = new FaultLog(homeFolder());
  readonly #cut = new AbortController();
  /** Why nothing more can be written to stdout. "gone": its reader has closed the pipe. */
  #end: "gone" | Problem | null = null;

  constructor(json: boolean) {
    this.json = json;
    // Output on stderr may be lost.
    process.stderr.on("error", () => undefined);
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
      // `r1 … | head` is not a failure.
      this.#end ??= error.code === "EPIPE" ? "gone" : notWritten(error);
      this.#cut.abort();
    });
  }

  /** Aborted as soon as nothing more can be written to stdout. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** Resolves, once all output is written, with the exit code: `status`, 0 if the reader has gone, 1 on a full disk. */
  async finish(status: number): Promise<number> {
    await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
    // An error of the last write is emitted after its callback.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#end === null) return status;
    if (this.#end === "gone") return 0;
    this.#say(this.#end);
    return 1;
  }

  get isInteractive(): boolean {
    return process.stdin.isTTY && process.stdout.isTTY && !this.json;
  }

  /** Writes to stdout. Control characters in the text are shown, not obeyed. */
  write(text: string): void {
    this.#put(process.stdout, terminalText(text));
  }

  /** Writes labels with their values; in a file or a pipe, each on a line of its own. */
  facts(facts: readonly Fact[]): void {
    this.write(labelled(facts, process.stdout.isTTY ? widthOf(process.stdout) : null));
  }

  /** Writes JSON. Programs read it, so its sentences are in English whatever the locale is. */
  document(value: unknown): void {
    const told = showProblems(value, (problem) => ({
      ...problem,
      message: failureText(this.texts, problem, "en").what,
    }));
    this.#put(process.stdout, `${terminalJson(told)}\n`);
  }

  /** Writes to stderr what is not the result: thoughts, figures, progress. Dimmed if colours are shown. */
  aside(text: string): void {
    const plain = terminalText(text);
    this.#put(process.stderr, process.stderr.isTTY && process.env["NO_COLOR"] === undefined ? dim(plain) : plain);
  }

  /**
   * Shows progress in place, on a terminal only. What is wider than the terminal could not be erased again.
   * `startsLine`: false if the line has other text, which is kept.
   */
  progress(text: string, startsLine = true): void {
    if (!process.stderr.isTTY) return;
    this.#put(
      process.stderr,
      `${startsLine ? "" : "\n"}\r\x1B[K${clipped(terminalText(text), widthOf(process.stderr) - 1)}`,
    );
  }

  /** Writes what went wrong and what to do. Stacks go to the log. `beside`: what there is nevertheless, for JSON. */
  fail(problem: Problem, beside: object = {}): void {
    const shown = this.#faults.shown(problem);
    if (!this.json) return this.#say(shown);
    const { code, facts, detail } = shown;
    this.document({ ...beside, error: { code, facts, detail } });
  }

  #say(problem: Problem): void {
    this.#put(process.stderr, terminalText(`r1: ${terminalFailure(this.texts, problem)}\n`));
  }

  #put(stream: NodeJS.WriteStream, text: string): void {
    if (text !== "" && (stream === process.stderr || this.#end === null)) stream.write(text);
  }
}

function notWritten({ code, message }: NodeJS.ErrnoException): Problem {
  const full = code === "ENOSPC" || code === "EDQUOT";
  const facts = full ? { case: "diskFull" } : { case: "otherReason", reason: message };
  return { code: "output-not-written", facts };
}

/** A terminal without a size reports 0. */
const widthOf = ({ columns }: NodeJS.WriteStream): number => (columns > 0 ? columns : 80);

function dim(text: string): string {
  return `\x1B[2m${text}\x1B[22m`;
}

/** Returns the locale that messages are wanted in, as POSIX orders its variables. */
function localeOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): string {
  return [LC_ALL, LC_MESSAGES, LANG].find((locale) => locale !== undefined && locale !== "") ?? "";
}
