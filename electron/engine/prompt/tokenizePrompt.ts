import { setImmediate as nextTurn } from "node:timers/promises";
import { cutLongText } from "./cutLongText.ts";
import { cutSpellings, spellingPattern } from "./cutSpellings.ts";
import type { PromptSegment } from "./PromptSegment.ts";
import type { Vocabulary } from "./Vocabulary.ts";

/** The token ids that are fed to a model, and the same as text. */
export interface TokenizedPrompt {
  tokens: number[];
  text: string;
}

/** A part of a prompt that is either a special token or text that is still to be tokenized. */
type Run = { special: number } | { plain: string };

/**
 * Tokenizes a prompt. Only the format's own text yields special tokens; a message that spells one yields ordinary text.
 * Adjacent plain text is joined before it is tokenized, as in the rendered whole. Long texts are tokenized in pieces,
 * so that the engine's other work continues in between.
 */
export async function tokenizePrompt(
  segments: readonly PromptSegment[],
  vocabulary: Vocabulary,
): Promise<TokenizedPrompt> {
  const { runs, text } = toRuns(segments, vocabulary);
  const tokens: number[] = [];
  for (const run of runs) {
    if ("special" in run) {
      tokens.push(run.special);
      continue;
    }
    const parts = vocabulary.cutsAtWords ? cutLongText(run.plain) : [run.plain];
    for (const part of parts) {
      for (const piece of cutSpellings(part, vocabulary.userDefined)) {
        for (const id of vocabulary.tokenizeText(piece)) tokens.push(id);
      }
      if (parts.length > 1) await nextTurn();
    }
  }
  return { tokens, text };
}

function toRuns(segments: readonly PromptSegment[], vocabulary: Vocabulary): { runs: Run[]; text: string } {
  const spellings = [...vocabulary.special.keys()];
  const special = spellings.length === 0 ? null : spellingPattern(spellings, "gu");
  const bosSpelling = spellings.find((spelling) => vocabulary.special.get(spelling) === vocabulary.bos) ?? "";
  const runs: Run[] = [];
  let text = "";
  const addPlain = (plain: string): void => {
    const last = runs.at(-1);
    if (last !== undefined && "plain" in last) last.plain += plain;
    else if (plain !== "") runs.push({ plain });
    text += plain;
  };
  const addSpecial = (id: number, spelling: string): void => {
    runs.push({ special: id });
    text += spelling;
  };
  for (const segment of segments) {
    if (segment.kind === "bos") {
      if (vocabulary.bos !== null) addSpecial(vocabulary.bos, bosSpelling);
    } else if (segment.kind === "text" || special === null) {
      // A lone surrogate has no UTF-8 encoding, so llama.cpp would get meaningless bytes.
      addPlain(toWellFormed(segment.text));
    } else {
      let position = 0;
      for (const match of segment.text.matchAll(special)) {
        addPlain(segment.text.slice(position, match.index));
        addSpecial(vocabulary.special.get(match[0]) ?? 0, match[0]);
        position = match.index + match[0].length;
      }
      addPlain(segment.text.slice(position));
    }
  }
  return { runs, text };
}

/** Replaces each lone surrogate with U+FFFD, as encoding to UTF-8 does. */
function toWellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
