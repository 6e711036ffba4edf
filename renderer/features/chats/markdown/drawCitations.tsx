import type { ReactNode } from "react";
import { Citation } from "./Citation.tsx";

/** How the models write the number of a passage: as they are asked to, or as DeepSeek's own search has it. */
const citation = /\[(?:(?:citation|passage)[: ] ?)?(\d{1,4})\]/gi;
/** In one text of an answer. What has more is no prose. */
const mostCitations = 100;

/** Returns a text of an answer, with what may be numbers of passages as elements. */
export function drawCitations(text: string): ReactNode {
  if (!text.includes("[")) return text;
  const drawn: ReactNode[] = [];
  let done = 0;
  for (const { 0: written, 1: number, index } of text.matchAll(citation)) {
    if (drawn.length >= 2 * mostCitations) break;
    drawn.push(text.slice(done, index), <Citation key={index} written={written} number={Number(number)} />);
    done = index + written.length;
  }
  return done === 0 ? text : [...drawn, text.slice(done)];
}
