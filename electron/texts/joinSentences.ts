/** Returns sentences as one text. After a full-width stop there is no space: it brings its own. */
export const joinSentences = (sentences: readonly (string | null | undefined)[]): string =>
  sentences
    .filter((sentence) => sentence !== null && sentence !== undefined && sentence !== "")
    .reduce<string>(
      (text, sentence) => (text === "" || /[。！？]$/.test(text) ? text + sentence : `${text} ${sentence}`),
      "",
    );
