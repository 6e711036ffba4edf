import type { ReplySoFar } from "../../contract/engineProtocol.ts";
import { type Detokenize, TokenText } from "./TokenText.ts";

export type Part = "thought" | "answer";
export interface Piece {
  part: Part;
  text: string;
}

/** The token ids of `<think>` and `</think>`. Null if the vocabulary spells them with ordinary tokens. */
export interface ThoughtMarkers {
  opening: number | null;
  closing: number | null;
}

const openingText = "<think>";
const closingText = "</think>";

/**
 * Separates a reply's thought from its answer by the token ids of the markers, or by their text if the vocabulary has
 * none. These two markers and the line breaks around the thought belong to neither part. Everything that follows is the
 * answer, including line breaks and further markers: the next prompt is built from exactly what was written.
 */
export class ReplyParts {
  /** The part that the next token belongs to. */
  part: Part;
  readonly #markers: ThoughtMarkers;
  readonly #decoder: TokenText;
  /** Text that may still turn out to be the start of a marker. */
  #held = "";
  /** White space that is held back until the part's next text. */
  #blank: string;
  #partHasText: boolean;
  #mayOpen: boolean;

  /**
   * `answerStart` is the beginning of the answer that the prompt already contains, if the model writes no thought
   * before it. `soFar` is the reply that is continued, if any.
   */
  constructor(
    markers: ThoughtMarkers,
    detokenize: Detokenize,
    {
      opensThought,
      answerStart,
      soFar,
    }: { opensThought: boolean; answerStart: string; soFar?: ReplySoFar | undefined },
  ) {
    this.#markers = markers;
    this.#decoder = new TokenText(detokenize);
    this.part = opensThought ? "thought" : "answer";
    const before = opensThought ? soFar?.thought : soFar?.answer;
    this.#partHasText = (before ?? "").trim() !== "";
    this.#mayOpen = !opensThought && !this.#partHasText;
    this.#blank = answerStart;
  }

  /** Whether the thought's last text is a line break. */
  get endsWithLineBreak(): boolean {
    return this.#partHasText && /[\r\n]$/.test(this.#blank);
  }

  /**
   * Returns the text that this token completes: none, one piece, or two pieces if a marker's spelling is between them.
   */
  take(token: number): Piece[] {
    const { opening, closing } = this.#markers;
    if (token === opening && this.#mayOpen && !this.#partHasText) return this.#switchTo("thought");
    if (token === closing && this.part === "thought") return this.#switchTo("answer");
    // Further markers are text. Detokenizing a control token would give an empty string.
    if (token === opening) return this.#scan(this.#decoder.flush() + openingText, false);
    if (token === closing) return this.#scan(this.#decoder.flush() + closingText, false);
    return this.#scan(this.#decoder.push(token), false);
  }

  /** Returns the text that was held back, once the reply has ended. White space alone is not an answer. */
  end(): Piece[] {
    return this.#scan(this.#decoder.flush(), true);
  }

  #switchTo(part: Part): Piece[] {
    const rest = this.#scan(this.#decoder.flush(), true);
    this.#enter(part);
    return rest;
  }

  #enter(part: Part): void {
    this.part = part;
    this.#mayOpen = false;
    this.#partHasText = false;
    this.#blank = "";
  }

  #scan(text: string, last: boolean): Piece[] {
    const all = this.#held + text;
    this.#held = "";
    const marker = this.#markerToFind();
    if (marker === null) return this.#piece(all);
    const at = all.indexOf(marker);
    if (at !== -1 && (marker === closingText || all.slice(0, at).trim() === "")) {
      const before = marker === closingText ? this.#piece(all.slice(0, at)) : [];
      this.#enter(marker === closingText ? "answer" : "thought");
      return [...before, ...this.#scan(all.slice(at + marker.length), last)];
    }
    const keep = last ? 0 : heldLength(all, marker);
    this.#held = all.slice(all.length - keep);
    return this.#piece(all.slice(0, all.length - keep));
  }

  #markerToFind(): string | null {
    if (this.part === "thought") return this.#markers.closing === null ? closingText : null;
    return this.#markers.opening === null && this.#mayOpen && !this.#partHasText ? openingText : null;
  }

  /**
   * Holds back white space at the start of an answer, so that it is emitted with the first word or not at all, and line
   * breaks that may end a thought. Drops line breaks at the start of a thought.
   */
  #piece(text: string): Piece[] {
    let fresh = this.#blank + text;
    this.#blank = "";
    if (this.part === "thought") {
      if (!this.#partHasText) fresh = fresh.replace(/^[\r\n]+/, "");
      const end = fresh.search(/[\r\n]+$/);
      if (end !== -1) {
        this.#blank = fresh.slice(end);
        fresh = fresh.slice(0, end);
      }
    } else if (!this.#partHasText && fresh.trim() === "") {
      this.#blank = fresh;
      return [];
    }
    if (fresh === "") return [];
    if (fresh.trim() !== "") this.#partHasText = true;
    return [{ part: this.part, text: fresh }];
  }
}

/** Returns the length of the longest suffix of `text` that is a prefix of `marker`. */
function heldLength(text: string, marker: string): number {
  for (let length = Math.min(text.length, marker.length - 1); length > 0; length--) {
    if (marker.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
