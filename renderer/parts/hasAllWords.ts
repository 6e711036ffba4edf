import { plainLetters } from "./plainLetters.ts";

/** Returns whether a text contains all words that were typed, in any order, whatever their accents and case. */
export function hasAllWords(text: string, typed: string): boolean {
  const letters = plainLetters(text);
  return plainLetters(typed)
    .split(/\s+/)
    .every((word) => letters.includes(word));
}
