import type { RunStage } from "../contract/runs.ts";
import { shownAnswer } from "./shownAnswer.ts";
import type { Terminal } from "./Terminal.ts";

/** Prints a reply as it is written: the thought beside the result, the answer as the result. */
export class ReplyPrinter {
  readonly #terminal: Terminal;
  #part: "thought" | "answer" | null = null;
  #endsLine = true;
  #showsProgress = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  stage(stage: RunStage): void {
    if (stage.stage === "loading") this.#progress(`Loading the model, ${Math.floor(stage.fraction * 100)} %`);
    else if (stage.stage === "reading" && stage.promptTokens > 0) {
      this.#progress(`Reading the prompt, ${stage.readTokens} of ${stage.promptTokens} tokens`);
    }
  }

  piece(part: "thought" | "answer", piece: string): void {
    this.#progress("");
    let text = piece;
    if (part !== this.#part) {
      this.#endLine();
      // What separates the thought from the answer is layout.
      text = shownAnswer(text);
      if (text === "") return;
      this.#part = part;
    }
    if (part === "thought") this.#terminal.aside(text);
    else this.#terminal.write(text);
    this.#endsLine = text.endsWith("\n");
  }

  end(): void {
    this.#progress("");
    this.#endLine();
  }

  #endLine(): void {
    if (!this.#endsLine && this.#part === "answer") this.#terminal.write("\n");
    if (!this.#endsLine && this.#part === "thought") this.#terminal.aside("\n");
    this.#endsLine = true;
  }

  #progress(text: string): void {
    if (text === "" && !this.#showsProgress) return;
    this.#showsProgress = text !== "";
    this.#terminal.progress(text);
  }
}
