import type { Attachment, DocumentTokens } from "../../../electron/contract/documents.ts";
import { pagesText } from "../../../electron/contract/parsePages.ts";
import { useFigures, useSay } from "../../texts.ts";

/** Returns a function that says what there is to know about a document besides its name. */
export function useDocumentFacts(): (attachment: Attachment, tokens?: DocumentTokens) => string {
  const say = useSay("chats");
  const figures = useFigures();
  return ({ unit, parts, pages, sizeBytes }, tokens) => {
    const facts = [figures.bytes(sizeBytes)];
    if (unit !== null && pages !== null) {
      const chosen = { pages: pagesText(pages), count: parts };
      facts.unshift(unit === "page" ? say("documents.chosenPage", chosen) : say("documents.chosenChapter", chosen));
    } else if (unit !== null) facts.unshift(say(`documents.${unit}`, { count: parts }));
    if (tokens?.isExact === true) facts.push(figures.tokens(tokens.tokens));
    else if (tokens) {
      const about = figures.tokens(Number(tokens.tokens.toPrecision(2)));
      facts.push(say("documents.about", { tokens: about }));
    }
    return facts.join(" · ");
  };
}
