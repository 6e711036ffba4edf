import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/**
 * Words per minute that adults read in English, silently and aloud: the averages of 190 and 77 studies in M. Brysbaert,
 * "How many words do we read per minute?", Journal of Memory and Language 109 (2019).
 */
const wordsPerMinute = { silent: 238, aloud: 183 };
/** Of English text, with the tokenizers of R1 and its distills. */
const tokensPerWord = 1.3;
const wordsOnPage = 500;

const tokensPerSecond = (words: number): number => (words * tokensPerWord) / 60;

/** Returns what measured speeds mean to a reader, in sentences. In tokens per second; undefined: not measured. */
export function speedMeaning(
  texts: Texts,
  speeds: { writing: number | undefined; reading: number | undefined },
): string {
  const { writing, reading } = speeds;
  return joinSentences(texts, [
    writing === undefined ? null : paceText(texts, writing),
    reading === undefined ? null : pageText(texts, reading),
  ]);
}

function paceText({ say }: Texts, writing: number): string {
  if (writing < tokensPerSecond(wordsPerMinute.aloud)) return say("benchmark:pace.slow");
  const times = Math.floor(writing / tokensPerSecond(wordsPerMinute.silent));
  if (times === 0) return say("benchmark:pace.aloud");
  if (times === 1) return say("benchmark:pace.silent");
  return times < 20 ? say("benchmark:pace.times", { times }) : say("benchmark:pace.beyond");
}

function pageText({ say, figures }: Texts, reading: number): string | null {
  const seconds = (wordsOnPage * tokensPerWord) / reading;
  // Below, the figure would be 0.0 s.
  if (seconds < 0.05) return null;
  const time = seconds < 10 ? figures.seconds(seconds * 1000) : figures.roughly(seconds);
  return say("benchmark:pace.page", { time });
}
