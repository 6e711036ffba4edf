import { foldText } from "../../../contract/foldText.ts";

/** Runs of letters and digits. */
const run = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that are written without spaces between words, and Hangul, whose words change their ends. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC]+/gu;
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;
/** What is longer is no word. */
const mostWordChars = 64;
/** A question has at most this many words that are looked for, its first ones: each takes a look into the index. */
const mostSought = 2_000;
/** From how many characters on a word also stands for those that only end differently, and how many of them it then loses. */
const endings = [
  { from: 12, cut: 5 },
  { from: 9, cut: 3 },
  { from: 6, cut: 2 },
];

/** A word that is looked for. With `isBeginning`, also every word that begins with it. */
export interface SoughtWord {
  word: string;
  isBeginning: boolean;
}

/**
 * Returns the words of a text as the index of passages has them, divided by spaces: folded, without accents; of text that is
 * written without spaces, each two characters that follow each other, and the last one.
 */
export function passageWords(text: string): string {
  const words: string[] = [];
  for (const { isSpaced, word } of wordsIn(text)) {
    if (isSpaced) words.push(word);
    else {
      const characters = Array.from(word);
      for (const [index, character] of characters.entries()) words.push(character + (characters[index + 1] ?? ""));
    }
  }
  return words.join(" ");
}

/** Returns what to look for when somebody asks this, each once, at most 2,000 of it. */
export function soughtWords(question: string): SoughtWord[] {
  const sought = new Map<string, SoughtWord>();
  const add = (word: string, isBeginning: boolean): void => {
    if (sought.size < mostSought) sought.set(`${word}${isBeginning ? "*" : ""}`, { word, isBeginning });
  };
  for (const { isSpaced, word } of wordsIn(question)) {
    if (sought.size >= mostSought) break;
    const characters = Array.from(word);
    if (!isSpaced) {
      // A single character begins the pair that it and the next one make.
      if (characters.length === 1) add(word, true);
      for (const [index, next] of characters.slice(1).entries()) add(`${characters[index]}${next}`, false);
      continue;
    }
    add(word, false);
    const ending = /\p{N}/u.test(word) ? undefined : endings.find(({ from }) => characters.length >= from);
    if (ending) add(characters.slice(0, -ending.cut).join(""), true);
  }
  return [...sought.values()];
}

/** Returns about how many words a text has; two characters of text without spaces count as one. */
export function countWords(text: string): number {
  let count = 0;
  for (const [found] of text.matchAll(run)) {
    const without = found.replaceAll(unspaced, "").length;
    count += without === found.length ? 1 : (found.length - without) / 2 + (without > 0 ? 1 : 0);
  }
  return count;
}

function* wordsIn(text: string): Generator<{ isSpaced: boolean; word: string }> {
  for (const [found] of bare(foldText(text)).matchAll(run)) {
    let from = 0;
    for (const { 0: word, index } of found.matchAll(unspaced)) {
      if (index > from) yield { isSpaced: true, word: shortened(found.slice(from, index)) };
      yield { isSpaced: false, word };
      from = index + word.length;
    }
    if (from < found.length) yield { isSpaced: true, word: shortened(found.slice(from)) };
  }
}

/** Returns a folded text without the accents of Latin and Greek letters. In other scripts, such marks are letters. */
const bare = (folded: string): string =>
  isAscii.test(folded) ? folded : folded.normalize("NFD").replaceAll(accents, "").normalize("NFC");

const shortened = (word: string): string =>
  word.length <= mostWordChars
    ? word
    : Array.from(word.slice(0, 2 * mostWordChars))
        .slice(0, mostWordChars)
        .join("");

// oxlint-disable-next-line no-control-regex
const isAscii = /^[\x00-\x7F]*$/;
