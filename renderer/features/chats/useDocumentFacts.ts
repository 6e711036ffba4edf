import type { Attachment, DocumentTokens } from "../../../electron/contract/documents.ts";
import { pagesText } from "../../../electron/contract/parsePages.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface ToldFacts {
  /** Undefined: not told, or not known yet. */
  tokens?: DocumentTokens | undefined;
  /** Whether what was found in it is told. */
  isSent?: boolean;
}

/** Returns a function that says what there is to know about a document besides its name. */
export function useDocumentFacts(): (attachment: Attachment, told?: ToldFacts) => string {
  const say = useSay("chats");
  const figures = useFigures();
  return ({ unit, parts, emptyParts, pages, sizeBytes, use, passages }, { tokens, isSent = false } = {}) => {
    const facts = [figures.bytes(sizeBytes)];
    if (unit !== null && pages !== null) {
      const chosen = { pages: pagesText(pages), count: parts };
      facts.unshift(unit === "page" ? say("documents.chosenPage", chosen) : say("documents.chosenChapter", chosen));
    } else if (unit !== null) facts.unshift(say(`documents.${unit}`, { count: parts }));
    // It counts the pages of the whole document.
    if (unit === "page" && pages === null && emptyParts > 0)
      facts.splice(1, 0, say("documents.emptyPages", { empty: emptyParts }));
    if (use === "search") {
      if (!isSent) facts.push(say("documents.searched"));
      else if (passages.length === 0) facts.push(say("documents.nothingFound"));
      else facts.push(say("documents.passages", { count: passages.length }));
    }
    if (tokens?.isExact === true) facts.push(figures.tokens(tokens.tokens));
    else if (tokens) {
      const about = figures.tokens(Number(tokens.tokens.toPrecision(2)));
      facts.push(
        use === "search" ? say("documents.upTo", { tokens: about }) : say("documents.about", { tokens: about }),
      );
    }
    return facts.join(" · ");
  };
}
