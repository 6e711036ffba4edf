import { cutSpellings, spellingPattern } from "./cutSpellings.ts";
import type { PromptSegment } from "./PromptSegment.ts";
import type { Vocabulary } from "./Vocabulary.ts";

/** The ids a model is fed, and the same as text. */
export interface TokenizedPrompt {
  tokens: number[];
  text: string;
}

/**
 * Only the format's own text yields special tokens; a message that spells one yields ordinary text.
 * Plain text from both sides of a border is joined before it is tokenised, as in the rendered whole.
 */
export function tokenizePrompt(segments: readonly PromptSegment[], vocabulary: Vocabulary): TokenizedPrompt {
  const tokens: number[] = [];
  let text = "";
  let plain = "";
  const flush = (): void => {
    for (const piece of cutSpellings(plain, vocabulary.userDefined)) {
      for (const id of vocabulary.tokenizeText(piece)) tokens.push(id);
    }
    plain = "";
  };
  const pushSpecial = (id: number, spelling: string): void => {
    flush();
    tokens.push(id);
    text += spelling;
  };

  const spellings = [...vocabulary.special.keys()];
  const special = spellings.length === 0 ? null : spellingPattern(spellings, "gu");
  const bosSpelling = spellings.find((spelling) => vocabulary.special.get(spelling) === vocabulary.bos) ?? "";
  for (const segment of segments) {
    if (segment.kind === "bos") {
      if (vocabulary.bos !== null) pushSpecial(vocabulary.bos, bosSpelling);
    } else if (segment.kind === "text" || special === null) {
      // A lone half of a surrogate pair has no UTF-8; llama.cpp would get bytes that mean nothing.
      const wellFormed = toWellFormed(segment.text);
      plain += wellFormed;
      text += wellFormed;
    } else {
      let position = 0;
      for (const match of segment.text.matchAll(special)) {
        const before = segment.text.slice(position, match.index);
        plain += before;
        text += before;
        pushSpecial(vocabulary.special.get(match[0]) ?? 0, match[0]);
        position = match.index + match[0].length;
      }
      plain += segment.text.slice(position);
      text += segment.text.slice(position);
    }
  }
  flush();
  return { tokens, text };
}

/** Replaces each lone surrogate by U+FFFD, as encoding to UTF-8 does. */
function toWellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
