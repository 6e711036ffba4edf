import type { ChatHit } from "../../electron/contract/chats.ts";
import { countPlaces, queryWords } from "../../electron/contract/foundWords.ts";
import { sliceText } from "./growingText.ts";
import type { LiveRun } from "./runs.ts";

/** Returns where the reply that is being written contains the query so far. Main counts it only once it has ended. */
export function liveHits(run: LiveRun | undefined, query: string, asPhrase: boolean): ChatHit[] {
  const words = queryWords(query);
  if (run === undefined || words.length === 0) return [];
  const count = (text: LiveRun["answer"]): number => countPlaces(sliceText(text, 0), words, asPhrase);
  const messageId = run.message.id;
  return [
    { messageId, part: "thought" as const, count: count(run.thought) },
    { messageId, part: "text" as const, count: count(run.answer) },
  ].filter((hit) => hit.count > 0);
}
