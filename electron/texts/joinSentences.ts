/** Returns the sentences as one text. No space follows a full-width stop, which includes its own. */
export const joinSentences = (sentences: readonly (string | null | undefined)[]): string =>
  sentences
    .filter((sentence) => sentence !== null && sentence !== undefined && sentence !== "")
    .reduce<string>(
      (text, sentence) => (text === "" || /[。！？]$/.test(text) ? text + sentence : `${text} ${sentence}`),
      "",
    );
