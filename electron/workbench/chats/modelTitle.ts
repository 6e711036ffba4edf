import { isVisibleName } from "../../contract/names.ts";

const mostChars = 60;
const mostWords = 12;
/** More than this was read of the question before its script is known. */
const questionChars = 2000;

const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const label = /^(?:title|titre|标题|題名|标题是)\s*[:：]\s*/iu;
const quotes = /^["'“”‘’«»「」『』《》*_#\s]+|["'“”‘’«»「」『』《》*_\s]+$/gu;
/** What a model says when it talks about the title instead of writing it. */
const chatter =
  /^(?:(?:sure|okay|ok|certainly|here(?:’|')?s|here is|the title|as an ai|i'm|sorry|voici|bien sûr|d’accord)(?!\p{L})|i |je |好的|当然|以下|这是|抱歉)/iu;
/** Tags, special tokens, code, formulas and links. */
const marks = /[<>{}[\]|｜`\\$]|https?:/u;
const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Returns what a model wrote as a title for a chat with this question, or null if it is none. */
export function modelTitle(text: string, question: string): string | null {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length !== 1) return null;
  const line = (lines[0] ?? "").replaceAll(invisible, " ").replaceAll(/\s+/gu, " ");
  const title = line
    .replaceAll(quotes, "")
    .replace(label, "")
    .replaceAll(quotes, "")
    .replace(/[.。,，;；:：]+$/u, "");
  if (title.length < 2 || title.length > mostChars || !isVisibleName(title)) return null;
  if (chatter.test(title) || marks.test(title)) return null;
  // It is in the language of the question, as far as the script says.
  if (ideographs.test(title) !== ideographs.test(question.slice(0, questionChars))) return null;
  const words = [...segmenter.segment(title)]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment.toLowerCase());
  if (words.length === 0 || (!ideographs.test(title) && words.length > mostWords)) return null;
  return isRepeating(words) ? null : title;
}

/** Returns whether a word follows itself, or a third of the words or more were there before. */
function isRepeating(words: readonly string[]): boolean {
  if (words.some((word, index) => word === words[index - 1])) return true;
  return words.length > 3 && new Set(words).size <= (words.length * 2) / 3;
}
