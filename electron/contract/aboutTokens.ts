/** How many characters a token of R1's vocabulary has on average: in most text, and in Chinese, Japanese and Korean. */
const charsPerToken = 4;
const wideCharsPerToken = 1.6;
/** Counting them all would take long, and the share is the same throughout most texts. */
const sampleChars = 20_000;

/** Returns about how many tokens a text has. */
export function aboutTokens(text: string): number {
  const sample = text.slice(0, sampleChars);
  if (sample === "") return 0;
  const wide = (sample.match(/[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/g)?.length ?? 0) / sample.length;
  return Math.ceil(text.length * (wide / wideCharsPerToken + (1 - wide) / charsPerToken));
}

/** Returns about how many tokens the messages of a prompt have. */
export const aboutTokensOf = (messages: readonly { content: string }[]): number =>
  aboutTokens(messages.map(({ content }) => content).join("\n"));
