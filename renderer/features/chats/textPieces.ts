import { isCostlyText } from "./costlyText.ts";
import { continuesText, type GrowingText, growingText, sliceText } from "../../stores/growingText.ts";

/** About this many characters, so that one piece is laid out within a frame. */
const pieceChars = 4_000;
/** A longer line is cut at a space, or anywhere if it has none. */
const maxPieceChars = 8_000;

/** Lines cost more layout time than characters. */
const maxPieceLines = 500;

/** The length of a piece of text that is slow to lay out. */
const costlyPieceChars = 400;

/** Cuts a long text into pieces at line ends, so that only visible pieces are laid out. Joined, they are the text. */
export class TextPieces {
  #text = growingText("");
  #cutTo = 0;
  #pieces: string[] = [];

  /** Returns the text in pieces. While the text only grows, earlier pieces do not change. */
  cut(text: GrowingText): string[] {
    if (!continuesText(this.#text, text)) {
      this.#cutTo = 0;
      this.#pieces = [];
    }
    this.#text = text;
    for (;;) {
      const window = wholeCharacters(sliceText(text, this.#cutTo, this.#cutTo + maxPieceChars));
      const pieces = isCostlyText(window) ? shortPieces(window) : usualPieces(window);
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (this.#cutTo + length === text.length && length < maxPieceChars - 1) return [...this.#pieces, ...pieces];
      this.#pieces.push(...pieces);
      this.#cutTo += length;
    }
  }
}

export function textPieces(text: string): string[] {
  return new TextPieces().cut(growingText(text));
}

/** Returns the pieces of a text from the offset `from` on. Their indexes do not depend on the offset. */
export function piecesFrom(pieces: readonly string[], from: number): { index: number; text: string }[] {
  const found: { index: number; text: string }[] = [];
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    const end = start + piece.length;
    if (end > from || index === pieces.length - 1) found.push({ index, text: piece.slice(Math.max(0, from - start)) });
    start = end;
  }
  return found;
}

function shortPieces(window: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < window.length || start === 0; ) {
    const piece = wholeCharacters(window.slice(start, start + costlyPieceChars));
    pieces.push(piece);
    start += Math.max(1, piece.length);
  }
  return pieces;
}

/** Returns the next piece of a window, and if lines are short also those after it, to avoid examining them again. */
function usualPieces(window: string): string[] {
  let { length, isFullOfLines } = nextPiece(window);
  const pieces = [window.slice(0, length)];
  for (let start = length; isFullOfLines; start += length) {
    const rest = window.slice(start);
    ({ length, isFullOfLines } = nextPiece(rest));
    if (isFullOfLines) pieces.push(rest.slice(0, length));
  }
  return pieces;
}

/** Returns the length of a window's next piece: all of a short window. A piece full of lines can no longer change. */
function nextPiece(window: string): { length: number; isFullOfLines: boolean } {
  let lineEnd = -1;
  let lines = 0;
  for (; lines < maxPieceLines; lines++) {
    const next = window.indexOf("\n", lineEnd + 1);
    if (next === -1 || next >= pieceChars) {
      if (window.length < maxPieceChars) return { length: window.length, isFullOfLines: false };
      lineEnd = next;
      break;
    }
    lineEnd = next;
  }
  const cut = lineEnd === -1 ? window.lastIndexOf(" ") : lineEnd;
  const length = cut >= 1 ? cut + 1 : wholeCharacters(window).length;
  return { length, isFullOfLines: lines === maxPieceLines };
}

/** Returns the text without a trailing lone high surrogate. */
const wholeCharacters = (text: string): string =>
  text.length > 1 && /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
