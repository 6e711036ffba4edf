import { cutAt } from "../../cutAt.ts";
import { countWords } from "./passageWords.ts";

/** Where a passage is in a text, in UTF-16 code units. */
export interface CutPassage {
  start: number;
  length: number;
}

/** A passage ends at the end of a paragraph from so many words on, at that of a sentence, or at the latest with so many. */
const words = { paragraph: 100, sentence: 150, most: 200 };
/** Text without spaces or sentences, such as tables of figures, is cut after so many code units. */
const mostChars = 2_000;
/** The ends of paragraphs, lines and sentences, in all scripts that mark them. */
const ends = /\n[^\S\n]*\n\s*|\n|[.!?…]+["'”’)\]»]*[^\S\n]+|[。！？．｡]+["”’」』）]*|[։؟۔।॥။።]+[^\S\n]*/gu;

/**
 * Cuts a text into passages of about 100 to 200 words, at the ends of paragraphs and sentences where there are any. Together
 * they hold every word of the text, each once.
 */
export function cutPassages(text: string): CutPassage[] {
  const passages: CutPassage[] = [];
  let start = 0;
  let count = 0;
  const end = (at: number): void => {
    const passage = trimmed(text, start, at);
    if (passage !== null && count > 0) passages.push(passage);
    start = at;
    count = 0;
  };
  for (const { from, to, isParagraph } of segments(text)) {
    const inSegment = countWords(text.slice(from, to));
    if ((count > 0 && count + inSegment > words.most) || to - start > mostChars) end(from);
    count += inSegment;
    if (count >= (isParagraph ? words.paragraph : words.sentence)) end(to);
  }
  end(text.length);
  return passages;
}

/** Returns the sentences and lines of a text, and cuts those that are too long for a passage. */
function* segments(text: string): Generator<{ from: number; to: number; isParagraph: boolean }> {
  let from = 0;
  const until = function* (to: number, isParagraph: boolean): ReturnType<typeof segments> {
    while (to - from > mostChars) {
      const piece = cutAt(text, from, mostChars);
      const space = piece.search(/\s\S*$/u);
      const length = space > mostChars / 2 ? space + 1 : piece.length;
      yield* byWords(text, from, from + length, false);
      from += length;
    }
    yield* byWords(text, from, to, isParagraph);
    from = to;
  };
  for (const { 0: mark, index } of text.matchAll(ends)) {
    yield* until(index + mark.length, /\n[^\S\n]*\n/u.test(mark));
  }
  if (from < text.length) yield* until(text.length, true);
}

/** Halves a segment until none has more words than a passage. */
function* byWords(text: string, from: number, to: number, isParagraph: boolean): ReturnType<typeof segments> {
  const length = to - from;
  if (length < 2 || countWords(text.slice(from, to)) <= words.most) {
    yield { from, to, isParagraph };
    return;
  }
  const half = cutAt(text, from, Math.ceil(length / 2));
  const space = half.search(/\s\S*$/u);
  const middle = from + (space > 0 ? space + 1 : half.length);
  yield* byWords(text, from, middle, false);
  yield* byWords(text, middle, to, isParagraph);
}

/** Returns a range without white space at its ends; null if nothing is left. */
function trimmed(text: string, from: number, to: number): CutPassage | null {
  const part = text.slice(from, to);
  const start = from + (part.length - part.trimStart().length);
  const { length } = part.trim();
  return length === 0 ? null : { start, length };
}
