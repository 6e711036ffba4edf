export interface TextPiece {
  part: "thought" | "answer";
  text: string;
}

const opening = "<think>";
const closing = "</think>";
/** Blank space beyond that is text. Each piece would take longer to look at than the one before. */
const mostHeld = 10_000;

/**
 * Separates the thought of a reply from its answer: by the fields in which the server sends them, or else by `<think>` and
 * `</think>` in the text. These markers and the line breaks around the thought belong to neither part. What follows is the
 * answer, also if it has such markers.
 */
export class ThoughtSplitter {
  #part: TextPiece["part"] = "answer";
  /** Whether the answer may still turn out to begin with a thought. */
  #mayOpen: boolean;
  #hasField = false;
  /** Text that may be the beginning of a marker, or blank space that is only part of something if text follows. */
  #held = "";
  #hasText = false;
  #hasTags = false;

  /**
   * `opensThought`: the text begins within the thought, because the prompt already has `<think>`. `isAnswer`: all of it is
   * the answer, because the rest of one is written.
   */
  constructor({ opensThought = false, isAnswer = false }: { opensThought?: boolean; isAnswer?: boolean } = {}) {
    this.#mayOpen = !isAnswer;
    this.#hasText = isAnswer;
    if (opensThought && !isAnswer) this.#part = "thought";
  }

  /** Whether the text had markers. */
  get hasTags(): boolean {
    return this.#hasTags;
  }

  /** Returns the piece of a thought that came in a field of its own. */
  thought(text: string): TextPiece[] {
    const before = this.#hasField ? [] : this.end();
    // Then the text is the answer, however it begins.
    if (!this.#hasField) {
      this.#hasField = true;
      this.#mayOpen = false;
      this.#part = "answer";
      this.#held = "";
    }
    return text === "" ? before : [...before, { part: "thought", text }];
  }

  /** Returns the pieces that this text completes. */
  text(text: string): TextPiece[] {
    return this.#scan(this.#held + text, false);
  }

  /** Returns what was held back, once the reply has ended. Blank space alone is neither a thought nor an answer. */
  end(): TextPiece[] {
    return this.#scan(this.#held, true);
  }

  #scan(all: string, isLast: boolean): TextPiece[] {
    this.#held = "";
    if (this.#part === "thought") return this.#scanThought(all, isLast);
    if (!this.#mayOpen) return this.#answer(all);
    const start = all.trimStart();
    if (start.startsWith(opening)) {
      this.#enter("thought");
      return this.#scan(start.slice(opening.length), isLast);
    }
    if (!isLast && opening.startsWith(start) && all.length <= mostHeld) {
      this.#held = all;
      return [];
    }
    this.#mayOpen = false;
    return this.#answer(all);
  }

  #scanThought(all: string, isLast: boolean): TextPiece[] {
    // The prompt has it, and some models write it again.
    const fresh = this.#hasText ? all : all.replace(/^\s*<think>/, "").replace(/^[\r\n]+/, "");
    const at = fresh.indexOf(closing);
    if (at !== -1) {
      const thought = fresh.slice(0, at - lineBreaksBefore(fresh, at));
      this.#enter("answer");
      const before: TextPiece[] = thought === "" ? [] : [{ part: "thought", text: thought }];
      return [...before, ...this.#answer(fresh.slice(at + closing.length))];
    }
    const kept = fresh.slice(0, fresh.length - (isLast ? lineBreaksBefore(fresh, fresh.length) : heldLength(fresh)));
    if (!isLast && !this.#hasText && opening.startsWith(fresh.trim()) && fresh.length <= mostHeld) {
      this.#held = fresh;
      return [];
    }
    this.#held = isLast ? "" : fresh.slice(kept.length);
    if (kept === "") return [];
    this.#hasText = true;
    return [{ part: "thought", text: kept }];
  }

  #enter(part: TextPiece["part"]): void {
    this.#part = part;
    this.#mayOpen = false;
    this.#hasText = false;
    this.#hasTags = true;
  }

  /** Holds back blank space at the start, so that it is not taken for an answer. */
  #answer(text: string): TextPiece[] {
    if (!this.#hasText && text.length <= mostHeld && text.trim() === "") {
      this.#held = text;
      return [];
    }
    if (text === "") return [];
    this.#hasText = true;
    return [{ part: "answer", text }];
  }
}

/** Returns how much of the end may be the beginning of the closing marker, or line breaks before it. */
function heldLength(text: string): number {
  for (let length = Math.min(text.length, closing.length - 1); length >= 0; length--) {
    if (!closing.startsWith(text.slice(text.length - length))) continue;
    const held = length + lineBreaksBefore(text, text.length - length);
    return held > mostHeld ? length : held;
  }
  return 0;
}

/** A pattern for them would begin at each of many line breaks that others follow. */
function lineBreaksBefore(text: string, end: number): number {
  let from = end;
  while (from > 0 && (text[from - 1] === "\n" || text[from - 1] === "\r")) from--;
  return end - from;
}
