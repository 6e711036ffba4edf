import { isCostlyText } from "./costlyText.ts";
import { continuesText, type GrowingText, growingText, sliceText } from "../../stores/growingText.ts";

/** Of about this many characters: small enough that one piece is laid out within a frame. */
const pieceChars = 4_000;
/** A line longer than this is cut at a space, or anywhere if it has none. */
const maxPieceChars = 8_000;

/** Lines cost more than characters do. */
const maxPieceLines = 500;

/** A piece of what is dear to lay out. */
const costlyPieceChars = 400;

/** Cuts a long text into pieces at line ends, so that only the pieces in sight are laid out. Joined they are the text. */
export class TextPieces {
  #text = growingText("");
  #cutTo = 0;
  #pieces: string[] = [];

  /** The text in pieces. While it only grows, the earlier pieces stay as they are. */
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

/** What of the pieces of a text stands from `from` on. They keep their index wherever that is. */
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

/** The next piece of a window; where lines are short, those that follow it too, which saves looking at them again. */
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

/** How much of a window is the next piece: all of a short one. Full of lines, it is that whatever comes after it. */
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

/** Without the first half of a character whose second half is not there. */
const wholeCharacters = (text: string): string =>
  text.length > 1 && /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
