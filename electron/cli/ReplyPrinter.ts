import type { RunStage } from "../contract/runs.ts";
import { shownAnswer } from "../contract/shownAnswer.ts";
import type { Terminal } from "./Terminal.ts";

/** Prints a reply as it is written: the answer on stdout, the thought on stderr. */
export class ReplyPrinter {
  readonly #terminal: Terminal;
  #part: "thought" | "answer" | null = null;
  #endsLine = true;
  /** The part whose last piece ended with a CR, which is half of a line end if an LF follows. */
  #heldReturn: "thought" | "answer" | null = null;
  #showsProgress = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  stage(stage: RunStage): void {
    const { say } = this.#terminal.texts;
    if (stage.stage === "loading") {
      const words = stage.isPreparing
        ? say("cli:reply.preparing")
        : say("cli:reply.loading", { fraction: stage.fraction });
      this.#progress(words);
    }
    if (stage.stage === "summarizing") {
      this.#progress(say("cli:reply.summarizing", { part: stage.part, parts: stage.parts }));
    }
    if (stage.stage === "reading" && stage.promptTokens > 0) {
      this.#progress(say("cli:reply.reading", { read: stage.readTokens, count: stage.promptTokens }));
    }
  }

  piece(part: "thought" | "answer", piece: string): void {
    this.#progress("");
    if (part !== this.#heldReturn) this.#letReturnGo();
    let text = `${this.#heldReturn === null ? "" : "\r"}${piece}`.replaceAll("\r\n", "\n");
    this.#heldReturn = text.endsWith("\r") ? part : null;
    if (this.#heldReturn !== null) text = text.slice(0, -1);
    if (part !== this.#part) {
      this.#endLine();
      // What separates the thought from the answer is layout.
      text = shownAnswer(text);
      if (text === "") return;
      this.#part = part;
    }
    this.#print(text);
  }

  end(): void {
    this.#progress("");
    this.#letReturnGo();
    this.#endLine();
  }

  #print(text: string): void {
    if (text === "") return;
    if (this.#part === "thought") this.#terminal.aside(text);
    else this.#terminal.write(text);
    this.#endsLine = text.endsWith("\n");
  }

  /** Writes a CR that was held back and turned out not to be part of a line end. */
  #letReturnGo(): void {
    if (this.#heldReturn !== null && this.#heldReturn === this.#part) this.#print("\r");
    this.#heldReturn = null;
  }

  #endLine(): void {
    if (!this.#endsLine && this.#part === "answer") this.#terminal.write("\n");
    if (!this.#endsLine && this.#part === "thought") this.#terminal.aside("\n");
    this.#endsLine = true;
  }

  #progress(text: string): void {
    if (text === "" && !this.#showsProgress) return;
    const startsLine = this.#endsLine || this.#showsProgress;
    this.#showsProgress = text !== "";
    this.#terminal.progress(text, startsLine);
  }
}
