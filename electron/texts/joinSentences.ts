import type { Texts } from "./texts.ts";

const ends = /[.!?…。！？]["”’»)）]*$/;
const endsFullWidth = /[。！？]["”’»)）]*$/;

/**
 * Returns the sentences as one text. A sentence that ends with a fact, such as a path, gets a full stop if another one
 * follows. No space follows a full-width stop, which includes its own.
 */
export function joinSentences(
  { i18n }: Pick<Texts, "i18n">,
  sentences: readonly (string | null | undefined)[],
): string {
  const stop = i18n.language.startsWith("zh") ? "。" : ".";
  return sentences
    .map((sentence) => sentence?.trimEnd() ?? "")
    .filter((sentence) => sentence !== "")
    .reduce((text, sentence) => {
      if (text === "") return sentence;
      const ended = ends.test(text) ? text : text + stop;
      return endsFullWidth.test(ended) ? ended + sentence : `${ended} ${sentence}`;
    }, "");
}
